using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO404: an <c>async Task</c> or <c>async void</c> function that lives on the loop, where a coroutine is meant.</summary>
/// <remarks>
/// Ordinary code may await coroutines: a single <c>await</c> of one is a bridge. A function lives on the loop if it waits for what only the loop has, or awaits coroutines again and again. Left
/// alone is what others decide about: overrides and implementations, lambdas that return tasks, handlers of events, what has an attribute, such as a test.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OrdinaryAsyncAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DeclarationRules.UnsuitableMethod];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Await);

    /// <summary>Comes here for each <c>await</c>, and reports at the first that counts.</summary>
    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var await = (IAwaitOperation)context.Operation;
        if (!LibraryTypes.IsLoopAwaitable(await.Operation.Type)
            || EnclosingFunction.Of(await, context.ContainingSymbol) is not { } function
            || !IsOrdinary(function, symbols))
        {
            return;
        }

        IAwaitOperation[] waits = [.. FunctionBody.Operations(EnclosingFunction.BodyAround(await)).OfType<IAwaitOperation>().Where(wait => LibraryTypes.IsLoopAwaitable(wait.Operation.Type))];
        if (waits[0].Syntax != await.Syntax || (!function.ReturnsVoid && IsBridge(waits, symbols)))
            return;

        string type = function.ReturnsVoid ? "void" : function.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string advice = CoroutineShape.Replacement(function.ReturnType);
        context.ReportDiagnostic(Diagnostic.Create(
            DeclarationRules.UnsuitableMethod,
            Name(function, await),
            DiagnosticSeverity.Warning,
            additionalLocations: null,
            properties: null,
            FunctionName.Of(function),
            $"waits for what only the loop has, and returns '{type}'; {advice}"));
    }

    private static bool IsOrdinary(IMethodSymbol function, CoroutineSymbols symbols) =>
        function.IsAsync
        && (function.ReturnsVoid ? !IsHandler(function) : IsTask(function.ReturnType) && function.MethodKind != MethodKind.AnonymousFunction)
        && !function.IsOverride && !function.IsVirtual && function is not { Name: "Main", IsStatic: true }
        && function.GetAttributes().IsEmpty && function.ExplicitInterfaceImplementations.IsEmpty
        && !symbols.IsCoroutine(function)
        && !Implements(function);

    private static bool IsTask(ITypeSymbol type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    private static bool IsHandler(IMethodSymbol function)
    {
        if (function.Parameters.Length != 2)
            return false;
        for (ITypeSymbol? type = function.Parameters[1].Type; type is not null; type = type.BaseType)
        {
            if (type.Name.EndsWith("EventArgs", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool Implements(IMethodSymbol function) =>
        function.MethodKind == MethodKind.Ordinary && function.ContainingType.AllInterfaces.Any(implemented => implemented.GetMembers(function.Name).Any(member =>
            SymbolEqualityComparer.Default.Equals(function.ContainingType.FindImplementationForInterfaceMember(member), function)));

    private static bool IsBridge(IAwaitOperation[] waits, CoroutineSymbols symbols) =>
        waits.Length == 1
        && (symbols.IsCoroutineType(waits[0].Operation.Type) || LibraryTypes.Is(waits[0].Operation.Type, LibraryTypes.CoroutineTask))
        && !FunctionBody.Around(waits[0]).Any(outer => outer is ILoopOperation);

    private static Location Name(IMethodSymbol function, IAwaitOperation await) => function.MethodKind == MethodKind.AnonymousFunction
        ? EnclosingFunction.BodyAround(await).Syntax.GetFirstToken().GetLocation()
        : function.Locations[0];
}
