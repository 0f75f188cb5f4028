using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>Whether one of the conditions holds under which a use of a blocking member does not block.</summary>
internal static class BlockingExemptionRules
{
    public static bool Accept(IOperation use, BlockingExemptions exemptions) =>
        (exemptions.HasFlag(BlockingExemptions.ZeroTimeout) && use is IInvocationOperation call && ZeroTimeoutRules.Accept(call))
        || (exemptions.HasFlag(BlockingExemptions.AwaitedBefore) && AwaitedBeforeRules.Accept(TaskOf(use)));

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
}
