using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

public static partial class Usings
{
    [Behaviour("1 open a", "2 body", "2 close a", "2 after", "2 ended")]
    [Coroutine]
    public static async Coroutine A_using_statement_disposes_after_its_body(Trace trace)
    {
        using (new Resource(trace, "a"))
        {
            await Coroutine.Yield();
            trace.Add("body");
        }

        trace.Add("after");
    }

    [Behaviour("1 open a", "2 body", "2 close a", "2 ended")]
    [Coroutine]
    public static async Coroutine A_using_declaration_disposes_at_the_end_of_the_body(Trace trace)
    {
        using var resource = new Resource(trace, "a");
        await Coroutine.Yield();
        trace.Add("body");
    }

    [Behaviour("1 open a", "1 open b", "2 body", "2 close b", "2 close a", "2 ended")]
    [Coroutine]
    public static async Coroutine Several_resources_are_disposed_in_reverse(Trace trace)
    {
        using var first = new Resource(trace, "a");
        using var second = new Resource(trace, "b");
        await Coroutine.Yield();
        trace.Add("body");
    }

    [Behaviour("1 open a", "2 close a", "2 block left", "3 ended")]
    [Coroutine]
    public static async Coroutine A_using_declaration_ends_with_its_block(Trace trace)
    {
        {
            using var resource = new Resource(trace, "a");
            await Coroutine.Yield();
        }

        trace.Add("block left");
        await Coroutine.Yield();
    }

    [Behaviour("1 open a", "1 boom?", "2 close a", "2 caught InvalidOperationException: boom", "2 ended")]
    [Coroutine]
    public static async Coroutine A_resource_is_disposed_when_the_body_fails(Trace trace)
    {
        try
        {
            using var resource = new Resource(trace, "a");
            await Fail(trace, "boom", later: true);
        }
        catch (InvalidOperationException exception)
        {
            trace.Caught(exception);
        }
    }

    [Behaviour("1 open a", "2 returning", "2 close a", "2 result 3", "2 ended")]
    [Coroutine]
    public static async Coroutine A_resource_is_disposed_when_the_body_returns(Trace trace)
    {
        trace.Add($"result {await ReturnFromUsing(trace)}");
    }

    [Behaviour("1 open 0", "2 close 0", "2 open 1", "3 close 1", "3 ended")]
    [Coroutine]
    public static async Coroutine A_using_in_a_loop_opens_and_closes_in_each_round(Trace trace)
    {
        for (int i = 0; i < 2; i++)
        {
            using var resource = new Resource(trace, $"{i}");
            await Coroutine.Yield();
        }
    }

    [Behaviour("2 nothing to dispose", "2 ended")]
    [Coroutine]
    public static async Coroutine A_null_resource_is_not_disposed(Trace trace)
    {
        using (Resource? none = null)
        {
            await Coroutine.Yield();
            trace.Add("nothing to dispose");
        }
    }

    [Behaviour("1 open s", "2 body", "2 close s", "2 ended")]
    [Coroutine]
    public static async Coroutine A_struct_resource_is_disposed(Trace trace)
    {
        using var resource = new StructResource(trace, "s");
        await Coroutine.Yield();
        trace.Add("body");
    }

    [Behaviour("1 open late", "1 name?", "2 name!", "2 use name", "2 close late", "2 ended")]
    [Coroutine]
    public static async Coroutine The_resource_is_used_after_a_suspension(Trace trace)
    {
        using (var resource = new Resource(trace, "late"))
            resource.Use(await Later(trace, "name"));
    }

    [Behaviour("1 a?", "2 a!", "2 open a", "3 close a", "3 ended")]
    [Coroutine]
    public static async Coroutine The_resource_is_made_from_an_awaited_value(Trace trace)
    {
        using var resource = new Resource(trace, await Later(trace, "a"));
        await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine<int> ReturnFromUsing(Trace trace)
    {
        using (new Resource(trace, "a"))
        {
            await Coroutine.Yield();
            trace.Add("returning");
            return 3;
        }
    }

    private sealed class Resource : IDisposable
    {
        private readonly Trace _trace;
        private readonly string _name;

        public Resource(Trace trace, string name)
        {
            _trace = trace;
            _name = name;
            trace.Add($"open {name}");
        }

        public void Use(string what) => _trace.Add($"use {what}");

        public void Dispose() => _trace.Add($"close {_name}");
    }

    private readonly struct StructResource : IDisposable
    {
        private readonly Trace _trace;
        private readonly string _name;

        public StructResource(Trace trace, string name)
        {
            _trace = trace;
            _name = name;
            trace.Add($"open {name}");
        }

        public void Dispose() => _trace.Add($"close {_name}");
    }
}
