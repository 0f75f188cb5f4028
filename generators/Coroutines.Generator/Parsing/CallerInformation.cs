using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Generator.Parsing;

/// <summary>Arguments by which the compiler tells a callee of its caller: they are written out where there is a list of arguments, and cannot be elsewhere.</summary>
internal static class CallerInformation
{
    /// <summary>As the compiler computed them for the original, each with its name.</summary>
    public static IEnumerable<string> ArgumentsOf(IOperation? call) =>
        from argument in Filled(call)
        where argument.Value.ConstantValue is { HasValue: true, Value: not null }
        let literal = SymbolDisplay.FormatPrimitive(argument.Value.ConstantValue.Value!, quoteStrings: true, useHexadecimalNumbers: false) ?? "default"
        select $"{SignatureParser.Escape(argument.Parameter!.Name)}: {literal}";

    public static bool IsTaken(ISymbol? member) => member switch
    {
        IMethodSymbol method => method.Parameters.Any(IsTold),
        IPropertySymbol property => property.Parameters.Any(IsTold),
        _ => false,
    };

    /// <summary>The first operation of a body that tells of its caller without a list of arguments: what would be told in another method is something else, but for lines and files.</summary>
    public static SyntaxNode? HiddenIn(SyntaxNode body, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetOperation(body, cancellation)?.DescendantsAndSelf().FirstOrDefault(IsHidden)?.Syntax;

    private static bool IsHidden(IOperation operation) => operation switch
    {
        IInvocationOperation call => (call.IsImplicit || call.Syntax is not InvocationExpressionSyntax) && TellsMore(call),
        IObjectCreationOperation creation => (creation.IsImplicit || creation.Syntax is not BaseObjectCreationExpressionSyntax) && TellsMore(creation),
        IPropertyReferenceOperation { Arguments.IsEmpty: false } indexer => indexer.Syntax is not ElementAccessExpressionSyntax && TellsMore(indexer),
        _ => false,
    };

    private static bool TellsMore(IOperation call) =>
        Filled(call).Any(argument => argument.Parameter!.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "CallerMemberNameAttribute" or "CallerArgumentExpressionAttribute"));

    private static IEnumerable<IArgumentOperation> Filled(IOperation? call) => call switch
    {
        IInvocationOperation { TargetMethod: { } method } operation when IsTaken(method) => Filled(operation.Arguments),
        IObjectCreationOperation { Constructor: { } constructor } operation when IsTaken(constructor) => Filled(operation.Arguments),
        IPropertyReferenceOperation operation when IsTaken(operation.Property) => Filled(operation.Arguments),
        _ => [],
    };

    private static IEnumerable<IArgumentOperation> Filled(IEnumerable<IArgumentOperation> arguments) =>
        arguments.Where(argument => argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter } && IsTold(parameter));

    private static bool IsTold(IParameterSymbol parameter) =>
        parameter.IsOptional && parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name.StartsWith("Caller", StringComparison.Ordinal) == true);
}
