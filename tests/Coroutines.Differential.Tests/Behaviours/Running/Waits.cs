namespace Coroutines.Differential;

/// <summary>Short names for what nearly every behaviour waits for.</summary>
public static class Waits
{
    public static DelayAwaitable Milliseconds(int count) => Coroutine.Delay(TimeSpan.FromMilliseconds(count));
}
