namespace Coroutines;

/// <summary>Makes channels: see <see cref="LoopChannel{T}"/>.</summary>
public static class LoopChannel
{
    /// <summary>Makes a channel that keeps any number of items, in the order in which they were written. Writing never suspends.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="loop">The loop whose coroutines will share it; null for the one that runs on this thread.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread, or no loop runs on it.</exception>
    public static LoopChannel<T> CreateUnbounded<T>(EventLoop? loop = null) => new(loop, new FifoBuffer<T>(), int.MaxValue);

    /// <summary>Makes a channel that keeps a number of items, in the order in which they were written. Writing suspends while it is full.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="capacity">How many items it keeps; at least one.</param>
    /// <param name="loop">The loop whose coroutines will share it; null for the one that runs on this thread.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread, or no loop runs on it.</exception>
    public static LoopChannel<T> CreateBounded<T>(int capacity, EventLoop? loop = null) => new(loop, new FifoBuffer<T>(), Checked(capacity));

    /// <summary>Makes a channel that keeps no items: writing suspends until somebody reads.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="loop">The loop whose coroutines will share it; null for the one that runs on this thread.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread, or no loop runs on it.</exception>
    public static LoopChannel<T> CreateRendezvous<T>(EventLoop? loop = null) => new(loop, new FifoBuffer<T>(), 0);

    /// <summary>Makes a channel that gives the least of the items it keeps, and of equal ones the one that was written first.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="comparer">Says which item is less; null for the type's own order.</param>
    /// <param name="capacity">How many items it keeps, at least one; null for any number.</param>
    /// <param name="loop">The loop whose coroutines will share it; null for the one that runs on this thread.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread, or no loop runs on it.</exception>
    public static LoopChannel<T> CreatePriority<T>(IComparer<T>? comparer = null, int? capacity = null, EventLoop? loop = null) =>
        new(loop, new PriorityBuffer<T>(comparer ?? Comparer<T>.Default), Checked(capacity ?? int.MaxValue));

    /// <summary>Makes a channel that gives the item that was written last.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="capacity">How many items it keeps, at least one; null for any number.</param>
    /// <param name="loop">The loop whose coroutines will share it; null for the one that runs on this thread.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread, or no loop runs on it.</exception>
    public static LoopChannel<T> CreateLifo<T>(int? capacity = null, EventLoop? loop = null) => new(loop, new LifoBuffer<T>(), Checked(capacity ?? int.MaxValue));

    private static int Checked(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return capacity;
    }
}
