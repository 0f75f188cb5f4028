using System.Collections.Immutable;
using System.Composition;
using Coroutines.Analyzers;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.CodeFixes;

/// <summary>CORO503: passes the token that is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TokenNotPassedFix : DocumentFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [CancellationRules.TokenNotPassedId];

    private protected override PlannedEdit? Plan(FixSite site, Diagnostic diagnostic)
    {
        if (site.NodeAt(diagnostic).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || site.Model.GetSymbolInfo(call, site.Cancellation).Symbol is not IMethodSymbol method
            || diagnostic.Properties[TokenNotPassedAnalyzer.TokenProperty] is not { } token)
        {
            return null;
        }

        if (token.StartsWith(LibraryTypes.CancelScope + ".", StringComparison.Ordinal))
            token = site.NameOf(LibraryTypes.CancelScope, call.SpanStart) + token.Substring(LibraryTypes.CancelScope.Length);

        // Behind arguments that were left out or named it has to be named too.
        var given = call.ArgumentList.Arguments;
        int before = method.Parameters.TakeWhile(parameter => !TokenOverload.IsToken(parameter.Type)).Count();
        string argument = given.Count == before && given.All(one => one.NameColon is null) ? token : $"{diagnostic.Properties[TokenNotPassedAnalyzer.ParameterProperty]}: {token}";
        return new PlannedEdit($"Pass '{token}'", editor => editor.ReplaceNode(call, (current, _) => Append((InvocationExpressionSyntax)current, argument)));
    }

    private static InvocationExpressionSyntax Append(InvocationExpressionSyntax call, string argument)
    {
        var parsed = SyntaxFactory.ParseArgumentList($"(0, {argument})");
        var arguments = call.ArgumentList.Arguments;
        var separators = arguments.GetSeparators().Concat(arguments.Count > 0 ? [parsed.Arguments.GetSeparator(0)] : []);
        return call.WithArgumentList(call.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(arguments.Append(parsed.Arguments[1]), separators)));
    }
}
