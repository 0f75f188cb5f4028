namespace Coroutines;

/// <summary>The paths of local sockets. One stays when its socket is closed, and could not be used again.</summary>
internal static class UnixPath
{
    /// <summary>Removes the path of a socket that has been closed, unless it is abstract or the socket had none.</summary>
    public static void Remove(string? path)
    {
        if (path is ['/' or '.', ..])
            File.Delete(path);
    }
}
