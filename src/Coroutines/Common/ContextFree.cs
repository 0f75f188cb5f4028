namespace Coroutines;

/// <summary>Completing what ordinary async code awaits.</summary>
internal static class ContextFree
{
    /// <summary>
    /// Calls <paramref name="complete"/> with no <see cref="SynchronizationContext"/>, so that code which goes on with <c>ConfigureAwait(false)</c> goes on here and now. Where there is one, the runtime lets such
    /// code go on in the thread pool.
    /// </summary>
    public static void Call<TState>(Action<TState> complete, TState state)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            complete(state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
