using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>An accessor is called with what the compiler has chosen the member by, and chooses nothing itself.</summary>
public sealed class AccessorTests
{
    [Fact]
    public void Overloads_of_an_indexer_are_told_apart() => BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            Log(new O { [1] = await Text("a"), [2] = "b", [3L] = "c", [(object)4] = "d" }.S);
        }
        private class O { public string S = ""; public object this[int i] { init { S += "int" + i + value; } } public string this[long i] { init { S += "long" + i + value; } } public string this[object i] { init { S += "object" + i + value; } } }
        """);

    [Fact]
    public void A_dynamic_value_is_converted_as_by_an_assignment() => BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            dynamic d = "x"; dynamic five = 5;
            Log(new O<int> { A = await Later(1), B = five }.B);
            Log(new V<int> { A = await Later(1), B = five }.B);
            try { Log(new O<int> { A = await Later(1), B = d }.B); } catch (Exception e) { Log(e.Message); }
        }
        private class O<T> { public T A { get; init; } = default!; public long B { get; init; } }
        private struct V<T> { public T A { get; init; } public long B { get; init; } }
        """);

    [Fact]
    public void A_constructor_is_chosen_at_run_time_by_a_dynamic_argument() => BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            dynamic five = 5, x = "x";
            Log(new O(five) { A = await Later(1) }.A);
            try { Log(new O(x) { A = await Later(1) }.A); } catch (Exception e) { Log(e.Message); }
        }
        private class O { public O(int n) { Log(n); } public required int A { get; init; } }
        """);

    [Fact]
    public void A_dynamic_value_is_awaited() => BothLowerings.Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            dynamic t = Task.FromResult(5);
            Log(new O<int> { A = await t, B = await t }.B); Log(new O<int> { [await Later(1)] = await t, ["s"] = t }.B);
        }
        private class O<T> { public T A { get; init; } = default!; public long B { get; init; } public object this[object i] { init { Log(i + " " + value.GetType().IsValueType); } } }
        """);
}
