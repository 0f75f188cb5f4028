namespace Coroutines.Tests;

/// <summary>Loops whose time is virtual.</summary>
internal static class VirtualLoop
{
    public static EventLoop Create() => new(new EventLoopOptions { Clock = new VirtualClock() });

    public static void Run(Coroutine main) => EventLoop.Run(main, new EventLoopOptions { Clock = new VirtualClock() });

    public static T Run<T>(Coroutine<T> main) => EventLoop.Run(main, new EventLoopOptions { Clock = new VirtualClock() });
}
