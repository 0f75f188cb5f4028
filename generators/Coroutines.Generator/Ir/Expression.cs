using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Ir;

/// <summary>An expression, taken apart only as far as it contains suspensions.</summary>
public abstract record Expression
{
    /// <summary>Whether evaluating it may suspend.</summary>
    public abstract bool Suspends { get; }
}

/// <summary>Text without a suspension.</summary>
public sealed record Verbatim(Code Code) : Expression
{
    public override bool Suspends => false;
}

/// <summary>An operand of an <see cref="Operation"/>.</summary>
/// <param name="Type">The type of a temporary that can hold it; null where none can (then it must not need one).</param>
/// <param name="IsStable">Its value cannot change while later operands are evaluated, and evaluating it has no effect.</param>
public sealed record Operand(Expression Value, VariableType? Type, bool IsStable);

/// <summary>Anything evaluated strictly from left to right: operands first, in order, then the operation itself.</summary>
public sealed record Operation(Code Template, EquatableArray<Operand> Operands) : Expression
{
    public override bool Suspends => Operands.Any(o => o.Value.Suspends);
}

public enum ConditionalKind { And, Or, Choice, Coalesce }

/// <summary><c>&amp;&amp;</c>, <c>||</c>, <c>?:</c> and <c>??</c> where an operand that may be skipped suspends.</summary>
/// <param name="Type">The expression's own type; the converted one if it has none.</param>
/// <param name="IsConverted">What uses the value converts it to another type, so it cannot be evaluated right into its target.</param>
/// <param name="Decides">For <c>&amp;&amp;</c> and <c>||</c> of a type's own: the function that says whether the left value decides; else empty.</param>
/// <param name="Unwrap">For <c>??</c>: how the left value is read when it is not null (<c>.Value</c> of a nullable), else empty.</param>
public sealed record Conditional(ConditionalKind Kind, Expression Test, VariableType? TestType, Expression WhenTrue, Expression? WhenFalse, VariableType Type, bool IsConverted = false, string Unwrap = "", string Decides = "") : Expression
{
    public override bool Suspends => true;
}

/// <summary><c>a?.b</c> where what follows the question mark suspends; it mentions the value of <c>a</c> as <paramref name="Receiver"/>.</summary>
/// <param name="Type">The type of the whole; null where it is a statement.</param>
/// <param name="IsValue">The condition under which the receiver is neither read nor tested, because it is a value; empty where it never is.</param>
/// <param name="Locating">What comes first.</param>
public sealed record ConditionalAccess(Expression Value, int Receiver, Expression WhenNotNull, VariableType? Type, string IsValue = "", EquatableArray<Operation> Locating = default) : Expression
{
    public override bool Suspends => true;
}

/// <summary>A switch expression in which an arm suspends. <paramref name="GoverningType"/> is what patterns are matched against.</summary>
public sealed record Selection(Expression Governing, VariableType GoverningType, EquatableArray<SelectionArm> Arms, VariableType Type, bool IsConverted) : Expression
{
    public override bool Suspends => true;
}

/// <param name="Label">The arm's pattern and guard as a label of a switch statement.</param>
/// <param name="Guard">A guard that suspends, and so is not in the label.</param>
public sealed record SelectionArm(Code Label, Expression Value, SourceSpan? Span, Expression? Guard = null);

/// <summary>A throw where a value could stand.</summary>
public sealed record Thrown(Expression Exception) : Expression
{
    public override bool Suspends => Exception.Suspends;
}

/// <summary><c>place op= value</c> where the value suspends. The place is read before the value is evaluated.</summary>
/// <param name="Operator">The binary operator; <c>??</c> for <c>??=</c>.</param>
/// <param name="Overflow"><c>checked</c> or <c>unchecked</c> where it stands in such a context, else empty.</param>
/// <param name="Unwrap">Follows the value of a <c>??=</c> on a nullable place: the assignment itself is not nullable.</param>
public sealed record CompoundAssignment(Operation Place, VariableType PlaceType, string Operator, Expression Value, string ValueCast, string Overflow, string Unwrap) : Expression
{
    public override bool Suspends => true;
}

/// <summary>
/// <c>new T(…) { A = await … }</c> or <c>r with { A = await … }</c>, also with elements: the object exists before its members and elements are evaluated.
/// The steps mention it as <paramref name="Variable"/>.
/// </summary>
/// <param name="GoesOn">The variable that says whether there are further steps, or <see cref="Always"/>.</param>
/// <param name="StepsDecide">The value of each step says whether there are further ones.</param>
public sealed record Initialization(Expression Creation, int Variable, EquatableArray<Operation> Steps, int GoesOn = Initialization.Always, bool StepsDecide = false) : Expression
{
    public const int Always = -1;

    public override bool Suspends => true;
}

public enum AwaitKind
{
    /// <summary><c>Coroutine</c> or <c>Coroutine&lt;T&gt;</c>: run in place.</summary>
    Coroutine,
    /// <summary>An awaiter that implements <c>ILoopAwaiter</c>.</summary>
    Loop,
    /// <summary>An awaiter that implements <c>ISignalAwaiter</c>: nothing to keep, nothing to fetch.</summary>
    Signal,
    /// <summary>Any other awaiter.</summary>
    Foreign,
    /// <summary>An awaiter that is bound at run time, because the operand is <c>dynamic</c>.</summary>
    Dynamic,
    /// <summary>A stream's own <c>yield return</c>, after its element has been put in the place of the result.</summary>
    Yield,
    /// <summary>The call of a stream that is read on the spot: runs nothing, so it never suspends.</summary>
    StreamStart,
    /// <summary>Runs a stream to its next element; the value says whether there is one.</summary>
    StreamNext,
    /// <summary>Disposes of a stream.</summary>
    StreamLeave,
}

/// <summary>An <c>await</c>. The operand is an operation, so that a called coroutine can be started in place from the same operands.</summary>
/// <param name="Awaiter">The awaiter's type; null for <see cref="AwaitKind.Coroutine"/>.</param>
/// <param name="IsCritical">The awaiter implements <c>ICriticalNotifyCompletion</c>.</param>
/// <param name="Result">The type of the value; null for none.</param>
/// <param name="Text">What the user wrote, for the comment at the state.</param>
/// <param name="Stream">The variable that holds the stream, for the kinds that read one.</param>
/// <param name="TakesStreams">The call that is awaited may read streams that it is given.</param>
public sealed record Await(
    Operation Operand, AwaitKind Kind, CoroutineCall? Call, VariableType? Awaiter, bool IsCritical, VariableType? Result, SourceSpan? Span, string Text, int Stream = Await.NoStream,
    bool TakesStreams = false) : Expression
{
    public const int NoStream = -1;

    public override bool Suspends => true;
}

/// <summary>A call whose frame may be started in place.</summary>
/// <param name="Callee">Index in the method's table of callees.</param>
/// <param name="FrameType">The constructed frame type.</param>
/// <param name="Receiver">Text of a receiver that is not an operand (<c>this</c>); empty if there is none.</param>
/// <param name="Fields">The frame's field for each operand, in order.</param>
/// <param name="Arguments">The least visible type argument of the frame type.</param>
public sealed record CoroutineCall(int Callee, string FrameType, string Receiver, EquatableArray<string> Fields, Visibility Arguments);
