using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Model;

/// <summary>The calls of one coroutine that are redirected by one interceptor.</summary>
public sealed record InterceptorGroup(Signature Callee, InterceptorPlace Place, EquatableArray<InterceptedCall> Calls);

/// <summary>All calls that are redirected.</summary>
public sealed record Interception(EquatableArray<InterceptorGroup> Groups)
{
    public static Interception Of(EquatableArray<CallSite> sites, CoroutinePlans plans, InterceptorNamespaces namespaces)
    {
        var generated = new HashSet<string>(plans.All.Select(p => p.Id));
        var groups = sites
            .Where(s => (s.IsExternal || generated.Contains(s.Callee.Id)) && InterceptionRules.Check(s, namespaces) is null)
            .GroupBy(s => (s.Callee.Id, Place: InterceptionRules.PlaceOf(s)))
            .Select(g => new InterceptorGroup(g.First().Callee, g.Key.Place, g.Select(s => s.Call).ToEquatableArray()))
            .OrderBy(g => g.Callee.Id, StringComparer.Ordinal).ThenBy(g => g.Place);
        return new(groups.ToEquatableArray());
    }
}
