using System.Diagnostics;

namespace Fetch;

/// <summary>A line that fills. Where nobody watches, only its end is written.</summary>
public sealed class ProgressBar(string title, int total, TextWriter output, bool isLive)
{
    private const int Width = 40;

    private readonly long _started = Stopwatch.GetTimestamp();
    private int _done;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public void Advance()
    {
        _done++;
        if (isLive || _done == total)
            Draw();
    }

    private void Draw()
    {
        int filled = _done * Width / total;
        string line = $"{title,-12} [{new string('#', filled)}{new string('.', Width - filled)}] {_done}/{total} {Elapsed.TotalSeconds:0.00} s";
        output.Write(isLive ? $"\r{line}{(_done == total ? Environment.NewLine : "")}" : line + Environment.NewLine);
    }
}
