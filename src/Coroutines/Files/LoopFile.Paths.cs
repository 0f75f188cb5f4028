namespace Coroutines;

// Files by their names.
public sealed partial class LoopFile
{
    /// <summary>Asks whether there is a file. Suspends meanwhile.</summary>
    /// <param name="path">Where.</param>
    /// <returns>False also for a directory, and for what may not be seen.</returns>
    [Coroutine]
    public static async Coroutine<bool> Exists(string? path) => await FileCall.Run(File.Exists, path);

    /// <summary>Copies a file. Suspends meanwhile.</summary>
    /// <param name="source">From where.</param>
    /// <param name="target">To where.</param>
    /// <param name="overwrite">Whether it may take the place of another one.</param>
    [Coroutine]
    public static async Coroutine Copy(string source, string target, bool overwrite = false) =>
        await FileCall.Run(static copy => File.Copy(copy.source, copy.target, copy.overwrite), (source, target, overwrite));

    /// <summary>Moves or renames a file. Suspends meanwhile.</summary>
    /// <inheritdoc cref="Copy" path="param" />
    [Coroutine]
    public static async Coroutine Move(string source, string target, bool overwrite = false) =>
        await FileCall.Run(static move => File.Move(move.source, move.target, move.overwrite), (source, target, overwrite));

    /// <summary>Deletes a file, if there is one. Suspends meanwhile.</summary>
    /// <param name="path">Where.</param>
    [Coroutine]
    public static async Coroutine Delete(string path) => await FileCall.Run(File.Delete, path);

    /// <summary>Makes an empty file of a new name in the system's directory for temporary ones. Suspends meanwhile.</summary>
    /// <returns>Its path. Who makes it deletes it.</returns>
    [Coroutine]
    public static async Coroutine<string> CreateTemporary() => await FileCall.Run(static _ => Path.GetTempFileName(), 0);
}
