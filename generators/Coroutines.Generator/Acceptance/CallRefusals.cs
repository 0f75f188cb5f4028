using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Acceptance;

/// <summary>Every reason why a call in ordinary code is not redirected to the generated lowering of the coroutine that it calls.</summary>
public static class CallRefusals
{
    public static readonly RefusalRule NamespaceNotListed = new("CORO231", "Namespace without interceptors", "the build property InterceptorsNamespaces does not list '{0}'");
    public static readonly RefusalRule GlobalNamespace = new("CORO232", "Interceptor in the global namespace", "'{0}' or a type in its signature is private and in the global namespace, where no interceptor may stand");
    public static readonly RefusalRule GenericType = new("CORO233", "Interceptor in a generic type", "'{0}' or a type in its signature is private to a generic type, where no interceptor may stand");
    public static readonly RefusalRule OtherAssembly = new("CORO234", "Member for derived types of another assembly", "'{0}' is protected, or called through base, in another assembly, where no interceptor can be put");
    public static readonly RefusalRule NotPublished = new("CORO235", "Not published by its assembly", "the assembly of '{0}' publishes no generated version of it");

    public static readonly EquatableArray<RefusalRule> All = [NamespaceNotListed, GlobalNamespace, GenericType, OtherAssembly, NotPublished];
}
