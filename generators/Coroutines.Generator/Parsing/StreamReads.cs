using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Calls that read a stream of unknown origin: what an ordinary async iterator waits for comes back to its reader only if the runtime knows that it is being read.</summary>
internal static class StreamReads
{
    private static readonly SymbolDisplayFormat s_names = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>What goes in front of the stream, with a parenthesis behind, instead of the call of <paramref name="method"/>; null where the call is none.</summary>
    public static string? Open(ITypeSymbol type, IMethodSymbol method) =>
        method.Name is "MoveNextAsync" or "DisposeAsync" && method.Parameters.IsEmpty
        && type.OriginalDefinition.ToDisplayString(s_names) is "System.Collections.Generic.IAsyncEnumerator" or "System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable.Enumerator"
            ? $"global::Coroutines.CompilerServices.StreamReading.{method.Name.Replace("Async", "")}("
            : null;

    /// <summary>The same for a call that the user wrote.</summary>
    public static (ExpressionSyntax Stream, string Open)? Of(InvocationExpressionSyntax call, SemanticModel semantics) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "MoveNextAsync" or "DisposeAsync" } access
        && semantics.GetSymbolInfo(call).Symbol is IMethodSymbol method && semantics.GetTypeInfo(access.Expression).Type is { } type && Open(type, method) is { } open
            ? (access.Expression, open)
            : null;

    /// <summary>Whether an awaited call may read a stream it is given: what the operators of LINQ do.</summary>
    public static bool AreIn(ExpressionSyntax awaited, SemanticModel semantics) =>
        awaited is InvocationExpressionSyntax call
        && call.ArgumentList.Arguments.Select(argument => argument.Expression).Append((call.Expression as MemberAccessExpressionSyntax)?.Expression)
            .Any(given => given is not null && semantics.GetTypeInfo(given).Type is { } type && type.AllInterfaces.Prepend(type).Any(IsStream));

    private static bool IsStream(ITypeSymbol type) =>
        type.Name is "IAsyncEnumerable" or "IAsyncEnumerator" && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
}
