using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>
/// The callbacks that other threads have posted, as one node of the ready queue: it calls those that were there when the turn began. Loop thread only.
/// </summary>
internal sealed class PostedWork(EventLoop loop, Inbox inbox) : LoopNode
{
    internal override void Run()
    {
        int left = inbox.BeginTaking();
        while (left > 0)
        {
            try
            {
                for (; left > 0 && inbox.TryTake(out var callback, out object? state); left--)
                {
                    callback(state);
                    if (loop.IsContextChanged)
                        loop.RestoreBaseContext();
                }

                return;
            }
            catch (Exception exception)
            {
                left--;
                loop.RestoreBaseContext();
                loop.ReportUnhandled(exception);
            }
        }
    }
}
