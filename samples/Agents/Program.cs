using System.Diagnostics;
using Agents;
using Coroutines;

// A meadow of sheep and wolves, a frame at a time, as a game runs: each animal is a script that says "yield return" where it has done enough for one frame.
const int Frames = 600, WarmUp = 60;

using var loop = new EventLoop();
var meadow = new Meadow(loop, seed: 7);
for (int i = 0; i < 10_000; i++)
    meadow.Add(new Sheep(meadow));
for (int i = 0; i < 20; i++)
    meadow.Add(new Wolf(meadow));

long allocated = 0;
var clock = new Stopwatch();
for (int frame = 0; frame < Frames; frame++)
{
    if (frame == WarmUp)
    {
        allocated = GC.GetAllocatedBytesForCurrentThread();
        clock.Start();
    }

    loop.RunOnce();
}

allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
double perFrame = clock.Elapsed.TotalMilliseconds / (Frames - WarmUp);
Console.WriteLine($"{meadow.Sheep.Count:N0} sheep are left, {meadow.Caught} were caught; wolves ran {meadow.Wolves.Sum(wolf => wolf.Travelled):N0} metres.");
Console.WriteLine($"{perFrame:F2} ms a frame for {loop.TaskCount:N0} scripts, {allocated / (Frames - WarmUp):N0} bytes allocated a frame.");

bool isRight = meadow.Caught > 0 && meadow.Sheep.Count + meadow.Caught == 10_000 && loop.TaskCount == meadow.Sheep.Count + meadow.Wolves.Count;
if (!isRight)
    Console.Error.WriteLine("The flock does not add up.");
return isRight ? 0 : 1;
