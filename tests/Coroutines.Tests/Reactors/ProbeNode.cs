using System.Runtime.InteropServices;
using Coroutines.CompilerServices;

namespace Coroutines.Tests.Reactors;

/// <summary>Stands in for a task that waits: parks itself as a task does and shows whether it was signalled.</summary>
internal sealed class ProbeNode : LoopNode
{
    private bool _parked;

    public bool IsWaiting => WaitSource is not null;

    public bool WasSignalled => _parked && WaitSource is null;

    public ProbeNode WaitFor(IReactor reactor, SafeHandle handle, ReadinessKind kind)
    {
        var descriptor = reactor.Claim(handle, kind);
        WaitSource = descriptor;
        descriptor.Wait(handle, kind, this);
        _parked = true;
        return this;
    }

    public void Cancel()
    {
        WaitSource!.Abandon(this);
        WaitSource = null;
        _parked = false;
    }

    internal override void Run()
    {
    }
}
