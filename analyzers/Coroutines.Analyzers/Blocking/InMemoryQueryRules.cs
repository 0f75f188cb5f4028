using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>Accepts queries whose source is a collection: <c>list.AsQueryable().Where(…).ToList()</c> asks no database.</summary>
internal static class InMemoryQueryRules
{
    public static bool Accept(IOperation use)
    {
        IOperation? source = use;
        while (source is IInvocationOperation call)
        {
            if (call.TargetMethod.Name == "AsQueryable")
                return true;

            source = ValueOrigin.Of(call.Instance ?? call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value);
        }

        return source?.Type is { Name: "EnumerableQuery" };
    }
}
