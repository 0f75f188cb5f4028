using Coroutines;

namespace Agents;

/// <summary>Grazes, walks on, grazes, until a wolf comes.</summary>
internal sealed partial class Sheep(Meadow meadow) : Animal(meadow)
{
    public int Index { get; set; }

    public CoroutineTask Script { get; set; }

    [Coroutine]
    public IEnumerator<ILoopAwaitable> Live()
    {
        try
        {
            while (true)
            {
                yield return Wait(Meadow.Between(10, 60)).AsCoroutine();
                yield return WalkTo(Meadow.Somewhere(), speed: 0.5f).AsCoroutine();
            }
        }
        finally
        {
            Meadow.Remove(this);
        }
    }
}
