using Coroutines.Generator.Model;

namespace Coroutines.Generator.Acceptance;

/// <summary>Where an interceptor stands.</summary>
public enum InterceptorPlace
{
    /// <summary>In a class of the generator's own, which can name what is at least internal.</summary>
    Outside,

    /// <summary>Beside the coroutine, where private types may appear in signatures and <c>base</c> means what it means to the caller.</summary>
    Owner,
}

/// <summary>Which calls in ordinary code are redirected to the generated lowering. The generator goes by these rules and the analyzer reports them.</summary>
internal static class InterceptionRules
{
    public const string Namespace = "Coroutines.Generated";

    public static InterceptorPlace PlaceOf(CallSite site) =>
        IsNameable(site) && !site.IsThroughBase ? InterceptorPlace.Outside : InterceptorPlace.Owner;

    /// <summary>Why the call cannot be redirected; null if it can.</summary>
    public static RefusalRule? Check(CallSite site, InterceptorNamespaces namespaces)
    {
        if (PlaceOf(site) == InterceptorPlace.Owner)
        {
            if (site.IsExternal) return CallRefusals.OtherAssembly;
            if (!site.Callee.OwnerTypeParameters.IsEmpty) return CallRefusals.GenericType;
            if (site.Callee.OwnerNamespace.Length == 0) return CallRefusals.GlobalNamespace;
        }
        return namespaces.Contains(NamespaceOf(site)) ? null : CallRefusals.NamespaceNotListed;
    }

    /// <summary>The namespace that must be listed.</summary>
    public static string NamespaceOf(CallSite site) => PlaceOf(site) == InterceptorPlace.Outside ? Namespace : site.Callee.OwnerNamespace;

    /// <summary>The interceptor names the owner, the factory and every type of the signature.</summary>
    private static bool IsNameable(CallSite site)
    {
        Signature callee = site.Callee;
        var least = site.IsExternal && !site.IsFriend ? Visibility.Public : Visibility.Internal;
        bool factory = callee.Accessibility is "public" || (least == Visibility.Internal && callee.Accessibility is "internal" or "protected internal");
        return factory && callee.OwnerVisibility >= least && callee.SignatureVisibility >= least;
    }
}
