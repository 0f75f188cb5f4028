using System.Numerics;
using Coroutines;

namespace Agents;

/// <summary>What every script is made of: waiting, and walking somewhere.</summary>
internal abstract partial class Animal(Meadow meadow)
{
    public Vector2 Position { get; private set; } = meadow.Somewhere();

    public float Travelled { get; private set; }

    protected Meadow Meadow { get; } = meadow;

    /// <summary>Does nothing for some frames. Called by another script, it lies inside that one's frame: nothing is allocated.</summary>
    [Coroutine]
    protected IEnumerator<ILoopAwaitable?> Wait(int frames)
    {
        for (int i = 0; i < frames; i++)
            yield return null;
    }

    [Coroutine]
    protected IEnumerator<ILoopAwaitable?> WalkTo(Vector2 goal, float speed)
    {
        while (!Step(goal, speed))
            yield return null;
    }

    /// <summary>One frame's way. True when the goal is reached.</summary>
    protected bool Step(Vector2 goal, float speed)
    {
        var way = goal - Position;
        float distance = way.Length();
        Travelled += Math.Min(distance, speed);
        Position = distance <= speed ? goal : Position + (way / distance * speed);
        return distance <= speed;
    }
}
