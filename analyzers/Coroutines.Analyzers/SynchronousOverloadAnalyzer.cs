using System.Collections.Concurrent;
using System.Collections.Immutable;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO103: a coroutine calls <c>Foo</c> where <c>FooAsync</c> does the same.</summary>
/// <remarks>
/// Only where the body of <c>Foo</c> cannot be seen: of the program's own functions it is known whether they block. Of the framework the table knows it, and what is not in it, such as
/// <c>CancellationTokenSource.Cancel</c>, is better called as it is.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SynchronousOverloadAnalyzer : LibraryAnalyzer
{
    private static readonly ImmutableDictionary<string, string?> s_fix = ImmutableDictionary<string, string?>.Empty.Add(BlockingMemberAnalyzer.FixProperty, nameof(BlockingFix.Counterpart));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [BlockingRules.BetterOverload];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols)
    {
        var apis = BlockingApiLookup.Of(start.Compilation, start.Options);
        var counterparts = new ConcurrentDictionary<IMethodSymbol, IMethodSymbol?>(SymbolEqualityComparer.Default);
        start.RegisterOperationAction(context => Analyze(context, symbols, apis, counterparts), OperationKind.Invocation);
    }

    private static void Analyze(
        OperationAnalysisContext context, CoroutineSymbols symbols, BlockingApiLookup apis, ConcurrentDictionary<IMethodSymbol, IMethodSymbol?> counterparts)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!IsUnknown(call.TargetMethod)
            || EnclosingFunction.Of(call, context.ContainingSymbol) is not { } function
            || !symbols.RunsOnLoop(function)
            || counterparts.GetOrAdd(call.TargetMethod.OriginalDefinition, AsyncCounterpart.Of) is not { } counterpart
            || IsInside(function, counterpart)
            || apis.Find(call.TargetMethod) is not null || apis.IsNonBlocking(call.TargetMethod) || apis.Find(counterpart) is not null
            || !call.SemanticModel!.IsAccessible(call.Syntax.SpanStart, counterpart))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            BlockingRules.BetterOverload,
            Location.Create(call.Syntax.SyntaxTree, FindingSpan.Name(call.Syntax)),
            s_fix,
            $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}",
            FunctionName.Of(function),
            $"does its work before it returns; use 'await {counterpart.Name}(…)'"));
    }

    /// <summary>Whether nothing else tells if it blocks: it has no body here, and is not the framework's or the library's.</summary>
    private static bool IsUnknown(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension, Name: not "Dispose" }
        && (method.IsAbstract || method.DeclaringSyntaxReferences.IsEmpty)
        && Root(method.ContainingNamespace) is not ("System" or "Coroutines")
        && !OnlyTracks(method);

    /// <summary>Entity Framework's <c>Add</c> asks no database; its asynchronous one is for generators of keys that do.</summary>
    private static bool OnlyTracks(IMethodSymbol method) => method is { Name: "Add" or "AddRange", ContainingNamespace: { Name: "EntityFrameworkCore", ContainingNamespace.Name: "Microsoft" } };

    private static string? Root(INamespaceSymbol? space)
    {
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } around })
            space = around;

        return space?.Name;
    }

    /// <summary>An implementation of <c>FooAsync</c> that calls <c>Foo</c> knows what it does.</summary>
    private static bool IsInside(IMethodSymbol function, IMethodSymbol counterpart)
    {
        for (ISymbol? around = function; around is IMethodSymbol; around = around.ContainingSymbol)
        {
            if (around.Name == counterpart.Name)
                return true;
        }

        return false;
    }
}
