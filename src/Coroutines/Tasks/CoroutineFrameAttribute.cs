using System.ComponentModel;

namespace Coroutines.CompilerServices;

/// <summary>Says which generated frame belongs to a coroutine, so that other assemblies can inline it. Not meant to be used in user code.</summary>
/// <param name="method">The documentation comment id of the coroutine.</param>
/// <param name="frame">Its frame; an open generic type where the method or its container is generic.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CoroutineFrameAttribute(string method, Type frame) : Attribute
{
    /// <summary>The documentation comment id of the coroutine.</summary>
    public string Method { get; } = method;

    /// <summary>Its frame.</summary>
    public Type Frame { get; } = frame;
}
