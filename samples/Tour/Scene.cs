namespace Tour;

/// <param name="Name">How the command line calls it.</param>
/// <param name="Title">What it shows, in one line.</param>
/// <param name="Play">Plays it: says what happens, checks what it claims, and shows what it cost.</param>
internal sealed record Scene(string Name, string Title, Action<Stage> Play);
