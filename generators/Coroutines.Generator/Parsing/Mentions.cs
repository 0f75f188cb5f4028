using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// What a name stands for. Asked for the name of a called method, the compiler collects the extension methods of every reference, which takes a third of
/// the time of reading a body; asked for the call, it answers what it has bound already.
/// </summary>
internal static class Mentions
{
    /// <summary>Null for what is called on something else: that is a member, and no variable, local function or type.</summary>
    public static ISymbol? MentionOf(this SemanticModel semantics, SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call when call.Expression == name && semantics.GetSymbolInfo(call).Symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method => method,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when access.Name == name && call.Expression == access => null,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } binding when call.Expression == binding => null,
        _ => semantics.GetSymbolInfo(name).Symbol,
    };
}
