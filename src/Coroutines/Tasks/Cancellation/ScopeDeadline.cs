using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>The timer of a <see cref="CancelScope"/>. Loop thread only.</summary>
internal sealed class ScopeDeadline(CancelScope scope) : LoopNode
{
    internal override void Run() => scope.Expire(this);
}
