namespace Coroutines;

public readonly partial struct Coroutine<T> : IResultCoroutine
{
    Coroutine<object?> IResultCoroutine.WithObject() => AsObject(this);

    [Coroutine]
    private static async Coroutine<object?> AsObject(Coroutine<T> coroutine) => await coroutine;
}
