using System.Diagnostics;

namespace Coroutines;

/// <summary>How a wait that keeps a loop is told: who called what, in debug mode only, as it costs microseconds.</summary>
/// <remarks>
/// Fact: the runtime asks the synchronization context of the thread to do its waits, on every system: wait handles, locks, tasks, semaphores, threads and processes. It does not ask for sleeps, spinning, files,
/// sockets and native code. Those show only as slow steps, after the step, since no thread can take the stack of another.
/// </remarks>
internal static class BlockingWait
{
    /// <summary>The functions that lead to the wait, outermost first: the user's, with file and line where they are known, then the framework's that they called.</summary>
    public static string Path()
    {
        var path = new List<string>();
        string? framework = null;
        foreach (var frame in new StackTrace(1, fNeedFileInfo: true).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method)
                continue;
            string assembly = StackPlace.AssemblyOf(method);
            if (StackPlace.IsFramework(assembly))
            {
                // Of the framework only what the user called is worth a name.
                if (path.Count == 0)
                    framework = StackPlace.Name(method);
            }
            else if (assembly != StackPlace.OurAssembly)
            {
                path.Add(StackPlace.WithPlace(StackPlace.Name(method), frame));
            }
            else if (path.Count > 0 && method.DeclaringTypeName == typeof(EventLoop).FullName)
            {
                // Beyond is who runs the loop.
                break;
            }
        }

        path.Reverse();
        path.Add(framework ?? "a wait");
        return string.Join(" → ", path);
    }
}
