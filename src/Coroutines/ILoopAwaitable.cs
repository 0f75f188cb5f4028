namespace Coroutines;

/// <summary>Something a coroutine can suspend on that belongs to a loop: a delay, a future, another coroutine.</summary>
public interface ILoopAwaitable;

/// <summary>A <see cref="ILoopAwaitable"/> with a result.</summary>
/// <typeparam name="T">What awaiting it gives.</typeparam>
public interface ILoopAwaitable<out T> : ILoopAwaitable;
