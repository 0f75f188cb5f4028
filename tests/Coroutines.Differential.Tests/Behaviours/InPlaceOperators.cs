using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>Operators that are members of what they change, with a suspension in their operand.</summary>
public static partial class InPlaceOperators
{
    [Behaviour("1 2?", "2 2!", "2 added 2", "2 1 and 102", "2 ended")]
    [Coroutine]
    public static async Coroutine An_object_is_taken_before_the_value_is_evaluated(Trace trace)
    {
        Score first = new(trace, 100), second = new(trace, 1), score = first;
        score += await Later(trace, 2) + (score = second).Value * 0;
        trace.Add($"{score.Value} and {first.Value}");
    }

    [Behaviour("1 holder", "1 2?", "2 2!", "2 added 2", "2 3?", "3 3!", "3 added 3", "3 6", "3 ended")]
    [Coroutine]
    public static async Coroutine The_assignment_is_the_object(Trace trace)
    {
        var holder = new Holder(new(trace, 1));
        trace.Note("holder", holder).Score += await Later(trace, 2);
        trace.Add($"{(holder.Score += await Later(trace, 3)).Value}");
    }

    [Behaviour("1 1?", "2 1!", "2 2?", "3 2!", "3 3?", "4 3!", "4 0, 2, 53", "4 ended")]
    [Coroutine]
    public static async Coroutine A_struct_is_changed_where_it_stands(Trace trace)
    {
        var steps = new Steps[2];
        Steps own = default;
        steps[await Later(trace, 1)] += await Later(trace, 2);
        own += await Later(trace, 3) + (own = new Steps { Count = 50 }).Count * 0;
        trace.Add($"{steps[0].Count}, {steps[1].Count}, {own.Count}");
    }

    [Behaviour("1 2?", "2 2!", "2 no object", "2 ended")]
    [Coroutine]
    public static async Coroutine Without_an_object_the_value_is_evaluated_all_the_same(Trace trace)
    {
        Score none = null!;
        try
        {
            none += await Later(trace, 2);
        }
        catch (NullReferenceException)
        {
            trace.Add("no object");
        }
    }

    private sealed class Score(Trace trace, int value)
    {
        public int Value { get; private set; } = value;

        public void operator +=(int by)
        {
            Value += by;
            trace.Add($"added {by}");
        }
    }

    private sealed class Holder(Score score)
    {
        public Score Score = score;

        public override string ToString() => "holder";
    }

    private struct Steps
    {
        public int Count;

        public void operator +=(int by) => Count += by;
    }
}
