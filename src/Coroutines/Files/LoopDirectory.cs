namespace Coroutines;

/// <summary>Directories, through other threads. All of it suspends, and is cancelled as <see cref="LoopFile"/> says. Loop thread only.</summary>
public static partial class LoopDirectory
{
    // A call to another thread costs microseconds, a name much less.
    private const int NamesPerCall = 256;

    /// <summary>Asks whether there is a directory. Suspends meanwhile.</summary>
    /// <param name="path">Where.</param>
    /// <returns>False also for a file, and for what may not be seen.</returns>
    [Coroutine]
    public static async Coroutine<bool> Exists(string? path) => await FileCall.Run(Directory.Exists, path);

    /// <summary>Makes a directory, and those above it, as far as they are not there. Suspends meanwhile.</summary>
    /// <param name="path">Where.</param>
    [Coroutine]
    public static async Coroutine Create(string path) => await FileCall.Run(static path => { Directory.CreateDirectory(path); }, path);

    /// <summary>Makes a directory of a new name in the system's directory for temporary ones. Suspends meanwhile.</summary>
    /// <param name="prefix">How its name begins.</param>
    /// <returns>Its path. Who makes it deletes it.</returns>
    [Coroutine]
    public static async Coroutine<string> CreateTemporary(string? prefix = null) => await FileCall.Run(static prefix => Directory.CreateTempSubdirectory(prefix).FullName, prefix);

    /// <summary>Deletes a directory. Suspends meanwhile.</summary>
    /// <param name="path">Where.</param>
    /// <param name="recursive">With all that is in it; unless given, it must be empty.</param>
    [Coroutine]
    public static async Coroutine Delete(string path, bool recursive = false) =>
        await FileCall.Run(static delete => Directory.Delete(delete.path, delete.recursive), (path, recursive));

    /// <summary>Moves or renames a directory. Suspends meanwhile.</summary>
    /// <param name="source">From where.</param>
    /// <param name="target">To where.</param>
    [Coroutine]
    public static async Coroutine Move(string source, string target) => await FileCall.Run(static move => Directory.Move(move.source, move.target), (source, target));

    /// <summary>The paths of what is in a directory, in no particular order, found as they are asked for. Suspends now and then; cancelled with the coroutine that reads.</summary>
    /// <param name="path">Where.</param>
    /// <param name="pattern">Which names: <c>*</c> and <c>?</c> stand for others. All, unless given.</param>
    /// <param name="options">Whether those below are looked at too, and more; unless given, as <see cref="Directory.EnumerateFileSystemEntries(string)"/>.</param>
    /// <returns>To be read with <c>await foreach</c>.</returns>
    [Coroutine]
    public static async IAsyncEnumerable<string> Enumerate(string path, string pattern = "*", EnumerationOptions? options = null)
    {
        var names = await FileCall.Run(
            static open => Directory.EnumerateFileSystemEntries(open.path, open.pattern, open.Options).GetEnumerator(),
            (path, pattern, Options: options ?? s_compatible));
        try
        {
            while (await FileCall.Run(Take, names) is { Count: > 0 } batch)
            {
                foreach (string name in batch)
                    yield return name;
            }
        }
        finally
        {
            names.Dispose();
        }
    }

    private static readonly EnumerationOptions s_compatible = new() { MatchType = MatchType.Win32, AttributesToSkip = 0, IgnoreInaccessible = false };

    private static List<string> Take(IEnumerator<string> names)
    {
        var batch = new List<string>();
        while (batch.Count < NamesPerCall && names.MoveNext())
            batch.Add(names.Current);
        return batch;
    }
}
