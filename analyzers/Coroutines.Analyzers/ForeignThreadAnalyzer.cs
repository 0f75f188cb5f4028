using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO304: a lambda that runs on another thread uses an object that belongs to a loop.</summary>
/// <remarks>
/// Only objects from outside the lambda count: a thread may have a loop of its own. So a lambda that runs the loop is left alone as a whole.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForeignThreadAnalyzer : LibraryAnalyzer
{
    /// <summary>Types whose objects belong to a loop, with the members that any thread may use.</summary>
    private static readonly Dictionary<string, HashSet<string>> s_bound = new()
    {
        ["EventLoop"] = ["CallSoonThreadSafe", "Name", "Clock", "UnhandledException", "Run", "RunForever", "RunUntilComplete", "RunOnce", "Dispose", "ToString"],
        ["Future"] = ["PostResult", "PostException"],
        ["CoroutineTask"] = ["Equals", "GetHashCode"],
        ["CancelScope"] = [],
        ["TaskGroup"] = [],
        ["LoopLock"] = [],
        ["LoopSemaphore"] = [],
        ["LoopEvent"] = [],
        ["LoopCondition"] = [],
        ["LoopBarrier"] = [],
        ["LoopChannel"] = ["Capacity"],
        ["LoopHandle"] = [],
    };

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ThreadRules.ForeignThread];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(Analyze, OperationKind.AnonymousFunction);

    private static void Analyze(OperationAnalysisContext context)
    {
        var lambda = (IAnonymousFunctionOperation)context.Operation;
        if (Sink(lambda) is not { } sink)
            return;

        IOperation[] operations = [.. FunctionBody.Operations(lambda.Body)];
        if (operations.Any(RunsLoop))
            return;

        foreach (IOperation operation in operations)
        {
            if (Touched(operation, lambda) is { } touched)
                context.ReportDiagnostic(Diagnostic.Create(ThreadRules.ForeignThread, Name(operation.Syntax), touched, sink));
        }
    }

    /// <summary>What takes the lambda to another thread.</summary>
    private static string? Sink(IAnonymousFunctionOperation lambda)
    {
        IOperation? user = lambda.Parent;
        while (user is IConversionOperation or IDelegateCreationOperation or IArgumentOperation)
            user = user.Parent;
        return user switch
        {
            IObjectCreationOperation { Type: { Name: "Thread" or "Timer" } type } when IsThreading(type.ContainingNamespace) || type.ContainingNamespace.Name == "Timers" => $"new {type.Name}",
            IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type } method } => (type.Name, name) switch
            {
                ("Task", "Run" or "ContinueWith") or ("TaskFactory", "StartNew") or ("ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "RegisterWaitForSingleObject") => $"{type.Name}.{name}",
                ("Parallel", _) => $"Parallel.{name}",
                ("EventLoop", "RunInExecutor") when LibraryTypes.IsMemberOf(method, LibraryTypes.EventLoop) => "RunInExecutor",
                _ => null,
            },
            _ => null,
        };
    }

    private static bool IsThreading(INamespaceSymbol? space) => space is { Name: "Threading" or "Tasks" };

    private static bool RunsLoop(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "Run" or "RunForever" or "RunUntilComplete" or "RunOnce" } method } && LibraryTypes.IsMemberOf(method, LibraryTypes.EventLoop);

    private static string? Touched(IOperation operation, IAnonymousFunctionOperation lambda) => operation switch
    {
        IAwaitOperation await when LibraryTypes.IsLoopAwaitable(await.Operation.Type) => "await",
        IPropertyReferenceOperation { Instance: null, Property: { Name: "Current" } property } when LibraryTypes.IsMemberOf(property, LibraryTypes.EventLoop) => "EventLoop.Current",
        IInvocationOperation { Instance: { } instance, TargetMethod: var method } when IsBound(method) && IsFromOutside(instance, lambda) => $"{method.ContainingType.Name}.{method.Name}",
        IPropertyReferenceOperation { Instance: { } instance, Property: var property } when IsBound(property) && IsFromOutside(instance, lambda) => $"{property.ContainingType.Name}.{property.Name}",
        _ => null,
    };

    private static bool IsBound(ISymbol member) =>
        LibraryTypes.IsDeclaredByLibrary(member.ContainingType)
        && s_bound.TryGetValue(member.ContainingType.Name, out var free)
        && !free.Contains(member.Name);

    private static bool IsFromOutside(IOperation instance, IAnonymousFunctionOperation lambda) => instance switch
    {
        ILocalReferenceOperation local => !Declares(lambda, local.Local),
        IParameterReferenceOperation parameter => !Declares(lambda, parameter.Parameter),
        IFieldReferenceOperation { Instance: { } holder } => IsFromOutside(holder, lambda),
        IPropertyReferenceOperation { Instance: { } holder } => IsFromOutside(holder, lambda),
        IPropertyReferenceOperation { Property.Name: "Current" } => false,
        IFieldReferenceOperation or IPropertyReferenceOperation or IInstanceReferenceOperation => true,
        _ => false,
    };

    private static bool Declares(IAnonymousFunctionOperation lambda, ISymbol variable) =>
        variable.Locations[0].SourceSpan is var span && lambda.Syntax.Span.Contains(span);

    private static Location Name(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.GetLocation(),
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        AwaitExpressionSyntax await => await.AwaitKeyword.GetLocation(),
        _ => node.GetLocation(),
    };
}
