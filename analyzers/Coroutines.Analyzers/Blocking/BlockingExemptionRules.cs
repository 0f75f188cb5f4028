using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>Whether one of the conditions holds under which a use of a blocking member does not block.</summary>
internal static class BlockingExemptionRules
{
    private static readonly (BlockingExemptions Condition, Func<IOperation, bool> Holds)[] s_rules =
    [
        (BlockingExemptions.ZeroTimeout, ZeroTimeoutRules.Accept),
        (BlockingExemptions.AwaitedBefore, use => TaskOf(use) is { } task && (CompletedTaskRules.Accept(use, task) || AwaitedBeforeRules.Accept(task))),
        (BlockingExemptions.InMemory, InMemoryRules.Accept),
        (BlockingExemptions.InMemoryQuery, InMemoryQueryRules.Accept),
        (BlockingExemptions.NonBlockingSocket, NonBlockingSocketRules.Accept),
        (BlockingExemptions.RegexTimeout, RegexTimeoutRules.Accept),
        (BlockingExemptions.AwaitedHere, IsAwaited),
        (BlockingExemptions.StaticCallback, HasStaticCallback),
    ];

    public static bool Accept(IOperation use, BlockingExemptions exemptions)
    {
        foreach (var (condition, holds) in s_rules)
        {
            if ((exemptions & condition) != 0 && holds(use))
                return true;
        }

        return false;
    }

    /// <summary>The task behind <c>t.Wait()</c>, <c>t.Result</c> and <c>t.ConfigureAwait(false).GetAwaiter().GetResult()</c>.</summary>
    private static IOperation? TaskOf(IOperation use)
    {
        IOperation? task = use is IPropertyReferenceOperation property
            ? property.Instance
            : (use as IInvocationOperation)?.Instance;
        while (task is IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "ConfigureAwait" } wrapper)
            task = wrapper.Instance;

        return task;
    }

    private static bool IsAwaited(IOperation use)
    {
        IOperation? around = use.Parent;
        while (around is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync" } or IConversionOperation)
            around = around.Parent;

        return around is IAwaitOperation;
    }

    private static bool HasStaticCallback(IOperation use) => use is IInvocationOperation call && call.Arguments.Any(argument =>
        ValueOrigin.Unwrap(argument.Value) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.IsStatic: true } });
}
