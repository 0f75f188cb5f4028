using static Coroutines.Differential.Children;
using static Coroutines.Differential.Waits;

namespace Coroutines.Differential.Behaviours;

/// <summary>Lambdas, local functions and queries that share variables with the coroutine around them.</summary>
public static partial class Closures
{
    [Behaviour("1 seen 1", "2 seen 11", "2 a 11", "2 ended")]
    [Coroutine]
    public static async Coroutine A_lambda_and_its_coroutine_share_one_variable(Trace trace)
    {
        int a = 1;
        Action see = () => trace.Add($"seen {a++}");
        see();
        await Coroutine.Yield();
        a += 9;
        see();
        a--;
        trace.Add($"a {a}");
    }

    [Behaviour("4 0 100", "4 1 101", "4 2 102", "4 0 200", "4 1 201", "4 2 202", "4 ended")]
    [Coroutine]
    public static async Coroutine Every_iteration_makes_variables_of_its_own(Trace trace)
    {
        var functions = new List<Action<int>>();
        foreach (int item in new[] { 0, 1, 2 })
        {
            int own = item;
            functions.Add(by =>
            {
                own += by;
                trace.Add($"{item} {own}");
            });
            await Coroutine.Yield();
        }

        foreach (var function in functions)
            function(100);
        foreach (var function in functions)
            function(100);
    }

    [Behaviour("3 i is 2", "3 i is 2", "3 ended")]
    [Coroutine]
    public static async Coroutine A_for_loop_has_one_variable(Trace trace)
    {
        var functions = new List<Action>();
        for (int i = 0; i < 2; i++)
        {
            functions.Add(() => trace.Add($"i is {i}"));
            await Coroutine.Yield();
        }

        foreach (var function in functions)
            function();
    }

    [Behaviour("1 3", "2 6", "2 120", "2 sum 9", "2 ended")]
    [Coroutine]
    public static async Coroutine Local_functions_read_and_write_what_is_around_them(Trace trace)
    {
        int sum = 0;
        trace.Add($"{Add(3)}");
        await Coroutine.Yield();
        trace.Add($"{Add(3)}");
        trace.Add($"{Factorial(5)}");
        sum += await Now3();
        trace.Add($"sum {sum}");

        int Add(int value) => sum += value;
        static int Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
        Task<int> Now3() => Task.FromResult(3);
    }

    [Behaviour("2 heard 1", "2 ended")]
    [Coroutine]
    public static async Coroutine A_local_function_can_be_taken_off_an_event(Trace trace)
    {
        var source = new Source();
        int heard = 0;
        source.Raised += Hear;
        await Coroutine.Yield();
        source.Raise();
        source.Raised -= Hear;
        source.Raise();

        void Hear() => trace.Add($"heard {++heard}");
    }

    [Behaviour("2 2, 3", "3 4, 6", "3 ended")]
    [Coroutine]
    public static async Coroutine A_query_reads_its_variables_when_it_runs(Trace trace)
    {
        int factor = 1, least = 2;
        var query = from item in new[] { 1, 2, 3 } where item >= least select item * factor;
        await Coroutine.Yield();
        trace.Add(string.Join(", ", query));
        factor = 2;
        await Coroutine.Yield();
        trace.Add(string.Join(", ", query));
    }

    [Behaviour("1 b?", "2 b!", "2 ab", "2 ended")]
    [Coroutine]
    public static async Coroutine Parameters_of_generic_coroutines_are_captured(Trace trace)
    {
        trace.Add(await Join(trace, "a", "b"));
    }

    [Behaviour("1 a 0", "2 cancel", "2 catch 5 OperationCanceledException", "2 a 6", "2 ended cancelled", CancelBeforeTurn = 2)]
    [Coroutine]
    public static async Coroutine A_filter_and_a_finally_may_capture(Trace trace)
    {
        int a = 0;
        Action show = () => trace.Add($"a {a}");
        try
        {
            show();
            a = 5;
            await Milliseconds(10);
        }
        catch (Exception exception) when (Array.TrueForAll([1], _ => exception is OperationCanceledException && a == 5))
        {
            Func<string> describe = () => $"catch {a} {exception.GetType().Name.Replace("Task", "Operation", StringComparison.Ordinal)}";
            trace.Add(describe());
            a++;
            throw;
        }
        finally
        {
            show();
        }
    }

    [Coroutine]
    private static async Coroutine<string> Join<T>(Trace trace, T left, T right)
    {
        Func<T> get = () => left;
        T other = await Later(trace, right);
        return $"{get()}{other}";
    }

    private sealed class Source
    {
        public event Action? Raised;

        public void Raise() => Raised?.Invoke();
    }
}
