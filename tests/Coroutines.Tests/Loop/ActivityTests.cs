using System.Diagnostics;

namespace Coroutines.Tests.Loop;

public partial class ActivityTests
{
    [Fact]
    public void Named_tasks_are_activities_while_somebody_listens()
    {
        var ended = new List<string>();
        string name = $"activities {Guid.NewGuid()}";
        using (var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Coroutines",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Tests of other classes run at the same time.
                if (activity.OperationName.StartsWith(name, StringComparison.Ordinal))
                    ended.Add($"{activity.OperationName[name.Length..]} in {activity.Parent?.OperationName[name.Length..]}, {activity.Status}{(activity.GetTagItem("cancelled") is true ? ", cancelled" : "")}");
            },
        })
        {
            ActivitySource.AddActivityListener(listener);
            VirtualLoop.Run(Root(name));
        }

        Assert.Equal([" inner in  outer, Unset", " failing in  outer, Error", " endless in  outer, Unset, cancelled", " outer in , Unset"], ended);
    }

    [Fact]
    public void A_listener_that_fails_keeps_nobody_waiting()
    {
        string name = $"activities {Guid.NewGuid()}";
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Coroutines",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => Throw(activity, "started"),
            ActivityStopped = activity => Throw(activity, "stopped"),
        };
        ActivitySource.AddActivityListener(listener);
        var trace = new Trace();
        using var loop = VirtualLoop.Create();
        loop.UnhandledException += (_, args) => trace.Add(args.Exception.Message);
        loop.Spawn(Wait());
        for (int i = 0; i < 8; i++)
            loop.RunOnce();
        trace.AssertIs("listener: stopped", "waited", "listener: started", "waited", "nothing is current");

        async Coroutine Wait()
        {
            foreach (string which in (string[])["stopped", "started"])
            {
                await EventLoop.Current.Spawn(Nothing(), $"{name} {which}");
                trace.Add("waited");
            }

            trace.Add($"{Activity.Current?.OperationName ?? "nothing"} is current");
        }

        static async Coroutine Nothing() => await Coroutine.Yield();

        // Tests of other classes run at the same time.
        void Throw(Activity activity, string which)
        {
            if (activity.OperationName == $"{name} {which}")
                throw new InvalidOperationException($"listener: {which}");
        }
    }

    [Fact]
    public void Without_a_listener_there_are_none()
    {
        VirtualLoop.Run(Check());

        static async Coroutine Check()
        {
            await EventLoop.Current.Spawn(None(), "nobody listens");
        }

        static async Coroutine None()
        {
            await Coroutine.Yield();
            Assert.DoesNotContain("nobody listens", Activity.Current?.OperationName ?? "", StringComparison.Ordinal);
        }
    }

    [Coroutine]
    private static async Coroutine Root(string name)
    {
        Assert.Null(Activity.Current);
        var outer = EventLoop.Current.Spawn(Outer(name), $"{name} outer");
        Assert.Null(Activity.Current);
        await outer;
        Assert.Null(Activity.Current);
    }

    [Coroutine]
    private static async Coroutine Outer(string name)
    {
        var loop = EventLoop.Current;
        await loop.Spawn(Current($"{name} inner"), $"{name} inner");
        Assert.Equal($"{name} outer", Activity.Current!.OperationName);
        try
        {
            await loop.Spawn(Failing(), $"{name} failing");
        }
        catch (InvalidOperationException)
        {
        }

        var endless = loop.Spawn(Endless(), $"{name} endless");
        await Coroutine.Yield();
        endless.Cancel();
        await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine Current(string expected)
    {
        await Coroutine.Yield();
        Assert.Equal(expected, Activity.Current!.OperationName);
        await Coroutine.Yield();
        Assert.Equal(expected, Activity.Current!.OperationName);
    }

    [Coroutine]
    private static async Coroutine Failing()
    {
        await Coroutine.Yield();
        throw new InvalidOperationException("broken");
    }

    [Coroutine]
    private static async Coroutine Endless() => await new Future<int>();
}
