using System.Numerics;
using Coroutines;

namespace Agents;

/// <summary>Who lives on the meadow.</summary>
internal sealed class Meadow(EventLoop loop, int seed)
{
    private const float Size = 1_000;

    private readonly Random _random = new(seed);

    public List<Sheep> Sheep { get; } = [];

    public List<Wolf> Wolves { get; } = [];

    public int Caught { get; private set; }

    public void Add(Sheep sheep)
    {
        sheep.Index = Sheep.Count;
        Sheep.Add(sheep);
        sheep.Script = loop.Spawn(sheep.Live());
    }

    public void Add(Wolf wolf)
    {
        Wolves.Add(wolf);
        loop.Spawn(wolf.Hunt());
    }

    /// <summary>The last one fills the gap.</summary>
    public void Remove(Sheep sheep)
    {
        var last = Sheep[^1];
        Sheep[sheep.Index] = last;
        last.Index = sheep.Index;
        Sheep.RemoveAt(Sheep.Count - 1);
        Caught++;
    }

    public Vector2 Somewhere() => new(_random.NextSingle() * Size, _random.NextSingle() * Size);

    public int Between(int least, int most) => _random.Next(least, most);

    public Sheep Any() => Sheep[_random.Next(Sheep.Count)];
}
