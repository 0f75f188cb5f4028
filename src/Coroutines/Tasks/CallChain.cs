using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>The coroutines a task is suspended in, outermost first, as their frames tell it. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CallChain
{
    private readonly List<string> _calls = [];

    internal CallChain()
    {
    }

    internal IReadOnlyList<string> Calls => _calls;

    /// <summary>Adds a frame that is suspended; otherwise nothing.</summary>
    /// <param name="method">The method, with its type.</param>
    /// <param name="file">Its file.</param>
    /// <param name="state">The frame's state: the number of the await at which it is suspended, from 1.</param>
    /// <param name="lines">The lines of its awaits, in the order of their numbers; 0 where it is not known.</param>
    public void Add(string method, string file, int state, ReadOnlySpan<int> lines)
    {
        if (state > 0)
            Add(method, file, lines[state - 1]);
    }

    internal void Add(string method, string file, int line) =>
        _calls.Add(line == 0 ? method : $"{method} in {Path.GetFileName(file)}:{line}");

    /// <summary>Adds what <paramref name="frame"/> says of itself; before its first step, that is its name.</summary>
    internal void AddFrame<TFrame, TResult>(ref TFrame frame)
        where TFrame : struct, ICoroutineFrame<TFrame, TResult>
    {
        int before = _calls.Count;
        TFrame.Describe(ref frame, this);
        if (_calls.Count == before)
            Add(NameOf(typeof(TFrame)), "", 0);
    }

    /// <summary>Adds a callee that has an object of its own.</summary>
    /// <param name="callee">The callee, or null where there is none any more.</param>
    public void Add(LoopTask? callee) => callee?.Describe(this);

    // The frame of "Method" is called "Method__Frame" and lies in the method's type.
    private static string NameOf(Type frame)
    {
        int end = frame.Name.LastIndexOf("Frame", StringComparison.Ordinal);
        string method = end > 0 ? frame.Name[..end].TrimEnd('_') : frame.Name;
        string type = frame.DeclaringType?.FullName ?? frame.Namespace ?? "";
        return $"{type.Replace('+', '.')}.{method}";
    }
}
