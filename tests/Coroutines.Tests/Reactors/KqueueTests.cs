using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coroutines.Tests.Reactors;

/// <summary>What can be known of the macOS backend without macOS: that it speaks of the things its headers define.</summary>
public sealed class KqueueTests
{
    [Fact]
    public void An_event_lies_in_memory_as_in_sys_event_h()
    {
        Assert.Equal(32, Unsafe.SizeOf<KernelEvent>());
        Assert.Equal(
            [0, 8, 10, 12, 16, 24],
            new[] { "Identifier", "Filter", "Flags", "FilterFlags", "Data", "UserData" }.Select(field => (int)Marshal.OffsetOf<KernelEvent>(field)));
        Assert.Equal(16, Unsafe.SizeOf<KqueueCalls.TimeSpecification>());
    }

    [Fact]
    public void Constants_are_those_of_sys_event_h_and_sys_errno_h()
    {
        Assert.Equal([-1, -2, -10], new int[] { KqueueCalls.ReadFilter, KqueueCalls.WriteFilter, KqueueCalls.UserFilter });
        Assert.Equal([0x1, 0x2, 0x20, 0x4000, 0x8000], new int[] { KqueueCalls.Add, KqueueCalls.Delete, KqueueCalls.Clear, KqueueCalls.Error, KqueueCalls.EndOfFile });
        Assert.Equal(0x01000000u, KqueueCalls.Trigger);
        Assert.Equal([2, 4, 9, 22], new[] { KqueueCalls.ENoEnt, KqueueCalls.EIntr, KqueueCalls.EBadF, KqueueCalls.EInval });
        Assert.Equal(1, KqueueCalls.CloseOnExec);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 100)]
    [InlineData(12_345_678, 1, 234_567_800)]
    [InlineData(long.MaxValue, 922_337_203_685, 477_580_700)]
    public void Timeouts_are_exact(long ticks, long seconds, long nanoseconds)
    {
        var specification = KqueueReactor.Specification(ticks);
        Assert.Equal(seconds, specification.Seconds);
        Assert.Equal(nanoseconds, specification.Nanoseconds);
    }

    [Theory]
    [InlineData(ReactorKind.Kqueue, false)]
    [InlineData(ReactorKind.Epoll, true)]
    [InlineData(ReactorKind.IoUring, true)]
    public void A_backend_that_this_system_lacks_is_refused_by_the_loop(ReactorKind kind, bool onLinux)
    {
        var options = new EventLoopOptions { Reactor = kind };
        if (onLinux == OperatingSystem.IsLinux())
        {
            using var loop = new EventLoop(options);
            Assert.Equal(kind, loop.ReactorKind);
            return;
        }

        var refusal = Assert.Throws<PlatformNotSupportedException>(() => new EventLoop(options));
        Assert.Contains("ReactorKind.Automatic", refusal.Message);
    }
}
