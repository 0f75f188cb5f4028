using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>What became of one resumption of a coroutine; faults are exceptions. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Step
{
    /// <summary>Suspended: somebody will resume the task.</summary>
    Pending,

    /// <summary>Ran to its end; the result can be taken.</summary>
    Completed,

    /// <summary>Left at a cancelled suspension without an exception; every <c>finally</c> on the way has run.</summary>
    Cancelled,

    /// <summary>A stream stands at a <c>yield return</c>: the element can be taken. Only streams answer this, and only to whoever reads them.</summary>
    Yielded,
}
