namespace Coroutines.Differential;

/// <summary>
/// What a behaviour did, line by line. A line begins with the turn of the loop, and <c>@</c> the virtual time in milliseconds once time has passed: <c>"3@10 woke"</c>.
/// </summary>
public sealed class Trace
{
    private readonly List<string> _lines = [];
    private readonly ReferenceWatch? _watch;

    public Trace(EventLoop loop, ReferenceWatch? watch = null)
    {
        Loop = loop;
        _watch = watch;
    }

    public EventLoop Loop { get; }

    /// <summary>The running turn; the first one is 1.</summary>
    public int Turn { get; internal set; }

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string line)
    {
        _watch?.Look();
        long milliseconds = (long)Loop.Now.TotalMilliseconds;
        _lines.Add(milliseconds == 0 ? $"{Turn} {line}" : $"{Turn}@{milliseconds} {line}");
    }

    /// <summary>Keeps a place for a line that says later what is known now.</summary>
    public Reserved Reserve()
    {
        Add("");
        return new Reserved(_lines, _lines.Count - 1);
    }

    /// <summary>Notes an operand when it is evaluated, and returns it.</summary>
    public T Note<T>(T value)
    {
        Add($"{value}");
        return value;
    }

    /// <inheritdoc cref="Note{T}(T)" />
    public T Note<T>(string name, T value)
    {
        Add(name);
        return value;
    }

    public void Caught(Exception exception) => Add($"caught {Describe(exception)}");

    /// <summary>The place of a line.</summary>
    public readonly struct Reserved(List<string> lines, int at)
    {
        public void Fill(string line) => lines[at] += line;
    }

    /// <summary>A cancellation is a cancellation; any other exception is its type and its message.</summary>
    public static string Describe(Exception exception) => exception is OperationCanceledException
        ? nameof(OperationCanceledException)
        : $"{exception.GetType().Name}: {exception.Message}";
}
