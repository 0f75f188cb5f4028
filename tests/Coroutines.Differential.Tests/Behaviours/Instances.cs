using static Coroutines.Differential.Children;

namespace Coroutines.Differential.Behaviours;

/// <summary>Coroutines of objects, of structs, and of derived classes.</summary>
public static partial class Instances
{
    [Behaviour("1 deposit 5", "2 balance 5", "2 deposit 7", "3 balance 12", "3 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_of_an_object_sees_and_changes_its_fields(Trace trace)
    {
        var account = new Account(trace);
        await account.Deposit(5);
        await account.Deposit(7);
    }

    [Behaviour("1 deposit 5", "2 balance 5", "2 deposit 5", "3 balance 10", "3 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_of_an_object_calls_another_of_the_same_object(Trace trace) => await new Account(trace).DepositTwice(5);

    [Behaviour("2 inside 2", "2 outside 1", "2 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_of_a_struct_works_on_a_copy(Trace trace)
    {
        var counter = new Counter { Value = 1 };
        await counter.Increment(trace);
        trace.Add($"outside {counter.Value}");
    }

    [Behaviour("2 before 1", "2 ended")]
    [Coroutine]
    public static async Coroutine The_receiver_of_a_struct_is_copied_at_the_call(Trace trace)
    {
        var counter = new Counter { Value = 1 };
        var coroutine = counter.Show(trace);
        counter.Value = 5;
        await coroutine;
    }

    [Behaviour("1 receiver", "1 argument", "1 deposit 3", "2 balance 3", "2 ended")]
    [Coroutine]
    public static async Coroutine The_receiver_is_evaluated_before_the_arguments(Trace trace) =>
        await trace.Note("receiver", new Account(trace)).Deposit(trace.Note("argument", 3));

    [Behaviour("1 caught NullReferenceException", "1 ended")]
    [Coroutine]
    public static async Coroutine A_null_receiver_fails_like_any_call_that_touches_it(Trace trace)
    {
        Account? none = trace.Turn > 5 ? new Account(trace) : null;
        try
        {
            await none!.Deposit(1);
        }
        catch (NullReferenceException)
        {
            trace.Add("caught NullReferenceException");
        }
    }

    [Behaviour("1 derived", "2 base of derived", "2 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_calls_its_base_class(Trace trace) => await new Derived(trace).Greet();

    [Behaviour("2 base name: derived", "2 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_calls_a_virtual_method_of_its_object(Trace trace) => await new Derived(trace).ShowName();

    [Behaviour("1 derived virtual", "2 after", "2 ended")]
    [Coroutine]
    public static async Coroutine A_virtual_coroutine_is_chosen_by_the_object(Trace trace)
    {
        Base instance = new Derived(trace);
        await instance.Virtual();
    }

    [Behaviour("1 derived virtual", "2 after", "2 ended")]
    [Coroutine]
    public static async Coroutine An_interface_call_reaches_the_coroutine(Trace trace)
    {
        IGreeter greeter = new Derived(trace);
        await greeter.Virtual();
    }

    [Behaviour("1 property 4", "2 set to 5", "2 ended")]
    [Coroutine]
    public static async Coroutine Properties_and_events_of_the_object_are_used(Trace trace) => await new Watched(trace).Change();

    [Behaviour("2 record 1 2", "2 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_of_a_record_sees_its_properties(Trace trace) => await new Pair(1, 2).Show(trace);

    [Behaviour("1 a?", "2 a!", "2 nested a", "2 ended")]
    [Coroutine]
    public static async Coroutine A_coroutine_of_a_nested_type_sees_private_members_of_the_outer(Trace trace) => await new Nested().Show(trace);

    private static string Secret(string text) => $"nested {text}";

    private interface IGreeter
    {
        Coroutine Virtual();
    }

    private partial class Base(Trace trace) : IGreeter
    {
        protected Trace Trace { get; } = trace;

        protected virtual string Name => "base";

        [Coroutine]
        public async Coroutine ShowName()
        {
            await Coroutine.Yield();
            Trace.Add($"base name: {Name}");
        }

        [Coroutine]
        public virtual async Coroutine Virtual()
        {
            Trace.Add("base virtual");
            await Coroutine.Yield();
        }

        [Coroutine]
        protected async Coroutine GreetAsBase()
        {
            await Coroutine.Yield();
            Trace.Add($"base of {Name}");
        }
    }

    private sealed partial class Derived(Trace trace) : Base(trace)
    {
        protected override string Name => "derived";

        [Coroutine]
        public async Coroutine Greet()
        {
            Trace.Add("derived");
            await base.GreetAsBase();
        }

        [Coroutine]
        public override async Coroutine Virtual()
        {
            Trace.Add("derived virtual");
            await Coroutine.Yield();
            Trace.Add("after");
        }
    }

    private sealed partial class Account(Trace trace)
    {
        private int _balance;

        [Coroutine]
        public async Coroutine Deposit(int amount)
        {
            trace.Add($"deposit {amount}");
            await Coroutine.Yield();
            _balance += amount;
            trace.Add($"balance {_balance}");
        }

        [Coroutine]
        public async Coroutine DepositTwice(int amount)
        {
            await Deposit(amount);
            await this.Deposit(amount);
        }
    }

    private partial struct Counter
    {
        public int Value;

        [Coroutine]
        public async Coroutine Increment(Trace trace)
        {
            await Coroutine.Yield();
            Value++;
            trace.Add($"inside {Value}");
        }

        [Coroutine]
        public readonly async Coroutine Show(Trace trace)
        {
            await Coroutine.Yield();
            trace.Add($"before {Value}");
        }
    }

    private sealed partial class Watched(Trace trace)
    {
        private int _value = 4;

        private event Action<int>? Changed;

        private int Value
        {
            get => _value;
            set
            {
                _value = value;
                Changed?.Invoke(value);
            }
        }

        [Coroutine]
        public async Coroutine Change()
        {
            Changed += Report;
            trace.Add($"property {Value}");
            await Coroutine.Yield();
            Value++;
            Changed -= Report;
        }

        private void Report(int value) => trace.Add($"set to {value}");
    }

    private sealed partial record Pair(int Left, int Right)
    {
        [Coroutine]
        public async Coroutine Show(Trace trace)
        {
            await Coroutine.Yield();
            trace.Add($"record {Left} {Right}");
        }
    }

    private sealed partial class Nested
    {
        [Coroutine]
        public async Coroutine Show(Trace trace)
        {
            string text = await Later(trace, "a");
            trace.Add(Secret(text));
        }
    }
}
