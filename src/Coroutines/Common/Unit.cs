using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>The result of a coroutine that has none. Not meant to be used in user code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Unit;
