namespace Coroutines.AspNetCore;

/// <summary>A feature of connections, and of the requests on them: the loop to which they belong.</summary>
public interface IEventLoopFeature
{
    /// <summary>The loop.</summary>
    EventLoop Loop { get; }
}
