using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO503: a coroutine starts something that takes a token, gives it none, and has one: a variable, or that of a scope around the call.</summary>
/// <remarks>Clean-up is meant to finish, so <c>finally</c> blocks are left alone.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TokenNotPassedAnalyzer : LibraryAnalyzer
{
    internal const string TokenProperty = "token";
    internal const string ParameterProperty = "parameter";
    private const string CurrentToken = "CancelScope.CurrentToken";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CancellationRules.TokenNotPassed];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!IsAwaitable(call.Type)
            || EnclosingFunction.Of(call, context.ContainingSymbol) is not { } function
            || !symbols.IsCoroutine(function)
            || OnlyKeepsFromStarting(call.TargetMethod)
            || TokenOverload.Parameter(call) is not { } parameter
            || IsCleanUp(call)
            || Token(call) is not { } token)
        {
            return;
        }

        var properties = ImmutableDictionary<string, string?>.Empty.Add(TokenProperty, token).Add(ParameterProperty, parameter.Name);
        context.ReportDiagnostic(Diagnostic.Create(CancellationRules.TokenNotPassed, Name(call), properties, call.TargetMethod.Name, token));
    }

    private static bool IsAwaitable(ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask" or "IAsyncEnumerable" } || LibraryTypes.IsLoopAwaitable(type);

    /// <summary>The token of <c>Task.Run</c> does not reach what runs.</summary>
    private static bool OnlyKeepsFromStarting(IMethodSymbol method) => method.Name is "Run" or "StartNew" or "ContinueWith";

    private static bool IsCleanUp(IOperation call)
    {
        IOperation inner = call;
        foreach (IOperation outer in FunctionBody.Around(call))
        {
            if (outer is ITryOperation { Finally: { } @finally } && @finally == inner)
                return true;
            inner = outer;
        }

        return false;
    }

    private static string? Token(IInvocationOperation call)
    {
        int position = call.Syntax.SpanStart;
        ISymbol? variable = call.SemanticModel!.LookupSymbols(position)
            .Where(symbol => symbol switch
            {
                ILocalSymbol local => TokenOverload.IsToken(local.Type) && local.Locations[0].SourceSpan.End < position,
                IParameterSymbol parameter => TokenOverload.IsToken(parameter.Type),
                _ => false,
            })
            .OrderByDescending(symbol => symbol.Locations[0].SourceSpan.Start)
            .FirstOrDefault();
        if (variable is not null)
            return variable.Name;

        return !LibraryTypes.IsLoopAwaitable(call.Type) && UsingBlock.Around(call).Any(block => block.Opened.Any(MayEnd)) ? CurrentToken : null;
    }

    private static bool MayEnd(IOperation opened) =>
        opened is IInvocationOperation { TargetMethod: { Name: not "Shielded" } method } && LibraryTypes.IsMemberOf(method, LibraryTypes.CancelScope);

    private static Location Name(IInvocationOperation call) => call.Syntax is InvocationExpressionSyntax { Expression: var called }
        ? called switch
        {
            MemberAccessExpressionSyntax access => access.Name.GetLocation(),
            MemberBindingExpressionSyntax binding => binding.Name.GetLocation(),
            _ => called.GetLocation(),
        }
        : call.Syntax.GetLocation();
}
