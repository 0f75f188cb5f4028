namespace Coroutines.AspNetCore;

/// <summary>How a web server runs on event loops. Read once, when the server starts.</summary>
public sealed class CoroutineLoopOptions
{
    /// <summary>How many loops, each on a thread of its own; one unless set. With more, the system spreads connections over them (<c>SO_REUSEPORT</c>), and a connection stays on its loop.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public int Loops
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>The options of each loop: reactor, debug mode, what counts as a slow step.</summary>
    public EventLoopOptions Loop { get; set; } = new() { Name = "web" };

    /// <summary>How many connections the system keeps until they are accepted; 512 unless set.</summary>
    public int Backlog { get; set; } = 512;

    /// <summary>How many connections each loop has at most; others wait in the backlog. No limit unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public int MaxConnections
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>How many bytes of a request are kept for code that does not read them; after that the client waits. 1,048,576 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public int MaxReadBufferSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1024 * 1024;

    /// <summary>From how many unsent bytes on a write of a response waits; 65,536 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than one.</exception>
    public int MaxWriteBufferSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 64 * 1024;

    /// <summary>How long a connection that is closed has to take what is unsent; ten seconds unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan CloseTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(10);
}
