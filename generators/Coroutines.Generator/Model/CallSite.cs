namespace Coroutines.Generator.Model;

/// <summary>A call of a coroutine in ordinary code, which an interceptor may redirect.</summary>
/// <param name="Enclosing">Id of the coroutine whose body holds the call, or empty: bodies of generated coroutines are not intercepted.</param>
/// <param name="Callee">The called definition's signature.</param>
public sealed record CallSite(string Enclosing, Signature Callee, bool IsExternal, int Version, string Data, string DisplayLocation);
