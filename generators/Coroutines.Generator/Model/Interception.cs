using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Model;

/// <summary>The calls of one coroutine that are redirected, and where the interceptor can stand.</summary>
public sealed record InterceptorGroup(Signature Callee, EquatableArray<InterceptedCall> Calls);

public readonly record struct InterceptedCall(int Version, string Data, string DisplayLocation);

/// <summary>All calls that are redirected.</summary>
public sealed record Interception(EquatableArray<InterceptorGroup> Groups)
{
    public const string Namespace = "Coroutines.Generated";

    public static Interception Of(EquatableArray<CallSite> sites, CoroutinePlans plans, string namespaces)
    {
        if (!namespaces.Split(',').Any(n => n.Trim() == Namespace)) return new([]);
        var generated = new HashSet<string>(plans.All.Select(p => p.Id));
        var groups = sites
            .Where(s => !generated.Contains(s.Enclosing) && (s.IsExternal || generated.Contains(s.Callee.Id)) && IsReachable(s.Callee))
            .GroupBy(s => s.Callee.Id)
            .Select(g => new InterceptorGroup(g.First().Callee, g.Select(s => new InterceptedCall(s.Version, s.Data, s.DisplayLocation)).ToEquatableArray()))
            .OrderBy(g => g.Callee.Id, StringComparer.Ordinal);
        return new(groups.ToEquatableArray());
    }

    /// <summary>The interceptor names the owner, the factory and every type of the signature.</summary>
    private static bool IsReachable(Signature callee) =>
        callee.OwnerVisibility >= Visibility.Internal && callee.SignatureVisibility >= Visibility.Internal && callee.Accessibility is not ("private" or "protected");
}
