using Coroutines;

namespace Agents;

/// <summary>Picks a sheep, runs after it, eats, rests.</summary>
internal sealed partial class Wolf(Meadow meadow) : Animal(meadow)
{
    [Coroutine]
    public IEnumerator<ILoopAwaitable> Hunt()
    {
        while (Meadow.Sheep.Count > 0)
        {
            var prey = Meadow.Any();
            yield return Chase(prey).AsCoroutine();
            // Its script ends where it is, and its finally takes it off the meadow. Where another wolf was faster, this does nothing.
            prey.Script.Cancel();
            yield return Wait(30).AsCoroutine();
        }
    }

    [Coroutine]
    private IEnumerator<ILoopAwaitable?> Chase(Sheep prey)
    {
        while (!prey.Script.IsCompleted && !Step(prey.Position, speed: 8))
            yield return null;
    }
}
