using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

public static partial class Generics
{
    [Behaviour("1 1?", "2 1!", "2 a?", "3 a!", "3 1 a", "3 ended")]
    [Coroutine]
    public static async Coroutine A_generic_coroutine_runs_for_values_and_references(Trace trace)
    {
        int number = await Later(trace, 1);
        string text = await Later(trace, "a");
        trace.Add($"{number} {text}");
    }

    [Behaviour("2 (1, x)", "3 (y, 2)", "3 ended")]
    [Coroutine]
    public static async Coroutine Two_type_parameters_are_kept_apart(Trace trace)
    {
        trace.Add($"{await Pair(1, "x")}");
        trace.Add($"{await Pair("y", 2)}");
    }

    [Behaviour("1 smaller 1", "2 smaller a", "3 ended")]
    [Coroutine]
    public static async Coroutine A_constraint_to_an_interface_is_kept(Trace trace)
    {
        await Smaller(trace, 2, 1);
        await Smaller(trace, "a", "b");
    }

    [Behaviour("2 made List`1", "2 ended")]
    [Coroutine]
    public static async Coroutine A_new_constraint_is_kept(Trace trace) => trace.Add($"made {(await Make<List<int>>()).GetType().Name}");

    [Behaviour("2 ref null", "3 struct 0", "3 ended")]
    [Coroutine]
    public static async Coroutine Class_and_struct_constraints_are_kept(Trace trace)
    {
        trace.Add($"ref {await NoReference<string>() ?? "null"}");
        trace.Add($"struct {await NoValue<int>()}");
    }

    [Behaviour("1 push 1", "2 push 2", "3 count 2", "3 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_of_a_generic_class_sees_its_type_parameter(Trace trace)
    {
        var stack = new Bag<int>(trace);
        await stack.Push(1);
        await stack.Push(2);
        trace.Add($"count {stack.Count}");
    }

    [Behaviour("2 static Int32", "3 static String", "3 ended")]
    [Coroutine]
    public static async Coroutine A_static_coroutine_of_a_generic_class_is_one_for_each_type(Trace trace)
    {
        trace.Add($"static {await Bag<int>.Name()}");
        trace.Add($"static {await Bag<string>.Name()}");
    }

    [Behaviour("2 Int32 to String", "2 ended")]
    [Coroutine]
    public static async Coroutine A_generic_coroutine_of_a_generic_class_has_both_kinds(Trace trace) =>
        trace.Add(await Bag<int>.Convert<string>());

    [Behaviour("2 nested 3 x", "2 ended")]
    [Coroutine]
    public static async Coroutine A_type_nested_in_a_generic_type_sees_both_type_parameters(Trace trace) =>
        await new Bag<int>.Inner<string>().Show(trace, 3, "x");

    [Behaviour("1 1?", "2 1!", "2 2?", "3 2!", "3 1,2", "3 ended")]
    [Coroutine]
    public static async Coroutine A_generic_coroutine_calls_another_with_its_own_type_parameter(Trace trace) =>
        trace.Add(string.Join(',', await Both(trace, 1, 2)));

    [Behaviour("4 3 levels of x", "4 ended")]
    [Coroutine]
    public static async Coroutine A_generic_coroutine_recurses(Trace trace) => trace.Add(await Levels("x", 3));

    [Behaviour("2 Red", "2 ended")]
    [Coroutine]
    public static async Coroutine An_enum_constraint_is_kept(Trace trace) => trace.Add($"{await First<Color>()}");

    [Coroutine]
    private static async Coroutine<(TFirst, TSecond)> Pair<TFirst, TSecond>(TFirst first, TSecond second)
    {
        await Coroutine.Yield();
        return (first, second);
    }

    [Coroutine]
    private static async Coroutine Smaller<T>(Trace trace, T a, T b)
        where T : IComparable<T>
    {
        T smaller = a.CompareTo(b) < 0 ? a : b;
        trace.Add($"smaller {smaller}");
        await Coroutine.Yield();
    }

    [Coroutine]
    private static async Coroutine<T> Make<T>()
        where T : new()
    {
        await Coroutine.Yield();
        return new T();
    }

    [Coroutine]
    private static async Coroutine<T?> NoReference<T>()
        where T : class
    {
        T? none = null;
        await Coroutine.Yield();
        return none;
    }

    [Coroutine]
    private static async Coroutine<T> NoValue<T>()
        where T : struct
    {
        T none = default;
        await Coroutine.Yield();
        return none;
    }

    [Coroutine]
    private static async Coroutine<T[]> Both<T>(Trace trace, T a, T b) => new[] { await Later(trace, a), await Later(trace, b) };

    [Coroutine]
    private static async Coroutine<string> Levels<T>(T value, int levels, int left = -1)
    {
        if (left < 0)
            left = levels;
        if (left == 0)
            return $"{levels} levels of {value}";
        await Coroutine.Yield();
        return await Levels(value, levels, left - 1);
    }

    [Coroutine]
    private static async Coroutine<T> First<T>()
        where T : struct, Enum
    {
        await Coroutine.Yield();
        return Enum.GetValues<T>()[0];
    }

    private enum Color
    {
        Red,
        Green,
    }

    private sealed partial class Bag<T>(Trace trace)
    {
        private readonly List<T> _items = [];

        public int Count => _items.Count;

        [Coroutine]
        public static async Coroutine<string> Name()
        {
            await Coroutine.Yield();
            return typeof(T).Name;
        }

        [Coroutine]
        public static async Coroutine<string> Convert<TTarget>()
        {
            await Coroutine.Yield();
            return $"{typeof(T).Name} to {typeof(TTarget).Name}";
        }

        [Coroutine]
        public async Coroutine Push(T item)
        {
            trace.Add($"push {item}");
            await Coroutine.Yield();
            _items.Add(item);
        }

        public sealed partial class Inner<TOther>
        {
            [Coroutine]
            public async Coroutine Show(Trace trace, T item, TOther other)
            {
                await Coroutine.Yield();
                trace.Add($"nested {item} {other}");
            }
        }
    }
}
