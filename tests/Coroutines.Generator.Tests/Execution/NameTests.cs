using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Whatever the user's names are, generated ones are others.</summary>
public sealed class NameTests
{
    [Fact]
    public void Members_that_look_generated_keep_their_meaning_in_the_body() => Agree("""
        public static int __frame = 1, __task = 2, __step = 3, __at = 4, __suspended = 5, __awaiter = 6, __state = 7;
        private static int __t1() => 8;
        private static int __1_t1 = 9;
        [Coroutine] public static async Coroutine Main()
        {
            try { int sum = __frame + await Later(__task) + __step; Log(sum); await Task.Yield(); }
            finally { Log(__at + __suspended); }
            Log(__t1() + await Later(__1_t1) + __awaiter + __state);
            object o = __frame;
            if (o is int n && await Is(n == 1)) Log(n);
        }
        """);

    [Fact]
    public void Locals_labels_and_local_functions_that_look_generated_are_kept_apart() => Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            int __t1 = 1, __1_t1 = 2; string __step = "s";
            int __frame() => 3;
            await Coroutine.Yield();
            for (int __task = 0; __task < 2; __task++) { if (__task == 1) goto __done; __t1 += await Later(__frame()); }
        __done:
            Log(__t1 + __1_t1 + __step);
            switch (await Later(1)) { case var __p1 when await0(): Log(__p1); break; }
            { int x__2 = 5; Log(x__2); }
            { int x = await Later(6); Log(x); } { int x = await Later(7); await Later(0); Log(x); }
            static bool await0() => true;
        }
        """);

    [Fact]
    public void A_class_that_is_called_as_that_of_the_accessors_is_kept_apart() => Agree("""
        [Coroutine] public static async Coroutine Main() { Log(new Own<int> { Value = await Later(1) }.Value + Main__Accessors1<int>.Value); Log(new Beside<int> { Value = await Later(3) }.Value); }
        private struct Own<T> { public T Value { get; init; } }
        private static class Main__Accessors1<T> { public static int Value => 2; }
        """, """
        public struct Beside<T> { public T Value { get; init; } }
        public static class Main___Accessors2<T> { public static int Value => 4; }
        """);

    [Fact]
    public void Parameters_that_look_generated_get_fields_of_their_own() => Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            Log(await Sum(1, 2, 3, 4, 5, 6, 7)); Log(await Start(8)); Log(await new Holder().Show(1, 2));
        }
        [Coroutine] static async Coroutine<string> Sum(int __state, int __state_, int MoveNext, int MoveNext_, int __result, int __task, int Sum__Frame)
        {
            await Coroutine.Yield();
            return $"{__state}{__state_}{MoveNext}{MoveNext_}{__result}{__task}{Sum__Frame}";
        }
        [Coroutine] static async Coroutine<int> Start(int __task) { var c = Started(__task, 1); return await c; }
        [Coroutine] static async Coroutine<int> Started(int __task, int __frame) { await Coroutine.Yield(); return __task + __frame; }
        """, """
        public partial class Holder
        {
            [Coroutine] public async Coroutine<int> Show(int __this, int __this_) { await Coroutine.Yield(); return __this * 10 + __this_; }
            public Coroutine<int> Ordinary() => Show(1, 2);
        }
        """);

    [Fact]
    public void Members_with_the_names_of_generated_ones_make_these_give_way() => Agree("""
        [Coroutine] public static async Coroutine Main()
        {
            Log(await Over(1)); Log(await Over("s")); Log(await Over(2L)); Log(await Over2(3)); Log(await Over_2(4)); Log(Over__Frame + Over_3__Create() + new Late__MoveNext());
            var late = Late(); Log(await late); Ordinary(); await Coroutine.Yield(); await Coroutine.Yield();
        }
        static void Ordinary() { EventLoop.Current.Spawn(Over("t")); EventLoop.Current.Spawn(Late()); }
        const string Over__Frame = "frame";
        static string Over_3__Create() => "create";
        record struct Late__MoveNext;
        [Coroutine] static async Coroutine<string> Over(int n) { await Coroutine.Yield(); return "int" + n; }
        [Coroutine] static async Coroutine<string> Over(string s) { await Coroutine.Yield(); Log(s); return "string" + s; }
        [Coroutine] static async Coroutine<string> Over(long l) { await Coroutine.Yield(); return "long" + l; }
        [Coroutine] static async Coroutine<string> Over2(int n) { await Coroutine.Yield(); return "2" + n; }
        [Coroutine] static async Coroutine<string> Over_2(int n) { await Coroutine.Yield(); return "_2" + n; }
        [Coroutine] static async Coroutine<string> Late() { await Coroutine.Yield(); Log("late"); return "late"; }
        """);

    [Fact]
    public void Classes_of_accessors_of_a_type_and_of_one_inside_of_it_are_kept_apart() => Agree("""
        [Coroutine] public static async Coroutine Main() { Log(await new Outer().Go() + await new Outer.Inner().Go()); }
        """, """
        public struct Pub { public int V { get; init; } }
        public partial class Outer {
            private struct P { public int V { get; init; } }
            [Coroutine] public async Coroutine<int> Go() { var p = new P { V = await Program.Later(1) }; return p.V; }
            public partial class Inner { [Coroutine] public async Coroutine<int> Go() { var p = new Pub { V = await Program.Later(2) }; return p.V; } }
        }
        """);

    [Fact]
    public void A_class_that_is_called_as_a_later_one_of_the_accessors_makes_it_give_way() => Agree("""
        [Coroutine] public static async Coroutine Main() { Log(new Own { Value = await Later(1) }.Value); Log(new Own2 { Value = await Later(1) }.Value + Main__Accessors2.Value); }
        private struct Own { public int Value { get; init; } }
        private struct Own2 { public int Value { get; init; } }
        private static class Main__Accessors2 { public static int Value => 2; }
        """);

    [Fact]
    public void A_class_that_is_called_as_a_later_closure_makes_it_give_way() => Agree("""
        [Coroutine] public static async Coroutine Main() { int a = 1; Func<int> f = () => a++; await Coroutine.Yield(); for (int i = 0; i < 2; i++) { int b = i; Func<int> g = () => b++ + a; await Coroutine.Yield(); Log(f() + g() + Main__Closure2.Value); } }
        public class Main__Closure2 { public static int Value => 2; }
        """);

    [Theory]
    [InlineData("/src/Program.cs")]
    [InlineData("/home/me/Coroutines.Generator.CoroutineGenerator/Program.cs")]
    [InlineData("/home/me/Coroutines.Generator.CoroutineGeneratorTests/Program.cs")]
    public void Files_of_the_users_are_theirs_in_a_folder_called_as_the_generator(string path)
    {
        var tree = TestCompilation.Parse(BothLowerings.Source("""
            [Coroutine] public static async Coroutine Main() { Log(Main__Frame); await Coroutine.Yield(); }
            const string Main__Frame = "frame";
            """), path);
        var compilation = TestCompilation.Create("");
        TestCompilation.Generate(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], tree));
    }

    private static void Agree(string members, string types = "") => BothLowerings.Agree(members, types);
}
