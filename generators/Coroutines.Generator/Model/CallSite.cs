namespace Coroutines.Generator.Model;

/// <summary>A call of a coroutine, which an interceptor may redirect.</summary>
/// <param name="Callee">The called definition's signature.</param>
/// <param name="IsExternal">The callee comes from a referenced assembly.</param>
/// <param name="IsFriend">Internal members of the callee's assembly can be named.</param>
/// <param name="IsThroughBase">As in <c>base.Run()</c>.</param>
public sealed record CallSite(Signature Callee, bool IsExternal, bool IsFriend, bool IsThroughBase, InterceptedCall Call);

/// <summary>What the compiler identifies a call by.</summary>
public readonly record struct InterceptedCall(int Version, string Data, string DisplayLocation);
