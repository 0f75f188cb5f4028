namespace Coroutines;

/// <summary>A coroutine whose result's type is known at run time only.</summary>
internal interface IResultCoroutine
{
    /// <summary>The same coroutine, with its result as an object.</summary>
    Coroutine<object?> WithObject();
}
