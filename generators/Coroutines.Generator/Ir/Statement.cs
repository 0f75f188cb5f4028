using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Ir;

/// <summary>A statement of the body. The first group survives to emission, the second is lowered away.</summary>
public abstract record Statement;

/// <summary>Statements without a suspension, as written.</summary>
public sealed record Leaf(Code Code) : Statement;

/// <summary>A variable comes into scope: what it held in an earlier iteration is dead.</summary>
public sealed record Declare(int Variable) : Statement;

public sealed record Label(int Id, string Name) : Statement;

public sealed record Goto(int Target) : Statement;

/// <summary>Jumps when the condition has the given value.</summary>
public sealed record Branch(Expression Condition, bool JumpIf, int Target) : Statement;

/// <summary>A suspension with its operands ready. State 0 means: not numbered yet.</summary>
/// <param name="Target">The variable that receives the value; <see cref="Discard"/> or <see cref="Result"/>.</param>
public sealed record AwaitPoint(Await Await, int Target, int State = 0) : Statement
{
    public const int Discard = -1;
    public const int Result = -2;
}

/// <summary>A try statement whose body may suspend; the handlers are verbatim.</summary>
/// <param name="CatchesCancellation">A catch clause could match <c>OperationCanceledException</c>.</param>
/// <param name="HasFilter">A catch clause has a filter, which user code can see running before the finally blocks inside the try.</param>
/// <param name="OnCancelled">What a cancelled suspension inside does instead of leaving the coroutine.</param>
/// <param name="States">The states inside, and the label to enter by; given by the try dispatch.</param>
public sealed record Try(EquatableArray<Statement> Body, EquatableArray<Code> Catches, Code? Finally, bool CatchesCancellation, bool HasFilter = false, Code? OnCancelled = null, int Entry = 0, EquatableArray<int> States = default) : Statement;

/// <summary>The coroutine is cancelled here, as if by a suspension.</summary>
public sealed record Cancel : Statement;

/// <summary>A try statement with a handler that suspends. Not more than one of the two kinds of finally is there.</summary>
public sealed record HandledTry(EquatableArray<Statement> Body, EquatableArray<CatchClause> Catches, Code? Finally, Block? SuspendingFinally, bool CatchesCancellation, bool HasFilter) : Statement;

/// <param name="Code">The whole clause; if the body suspends, up to and including the opening brace and what must happen while the exception is in flight.</param>
public sealed record CatchClause(Code Code, Block? Body);

public sealed record Block(EquatableArray<Statement> Body) : Statement;

public sealed record Evaluate(Expression Expression) : Statement;

/// <summary>Gives a variable (or the result, see <see cref="AwaitPoint"/>) a value.</summary>
public sealed record Assign(int Target, Expression Value, SourceSpan? Span) : Statement;

/// <summary><c>return</c>, with or without a value.</summary>
public sealed record Return(Expression? Value, SourceSpan? Span) : Statement;

public sealed record If(Expression Condition, Statement Then, Statement? Else) : Statement;

/// <summary>Every loop but foreach. <paramref name="Condition"/> is null for an endless one.</summary>
public sealed record Loop(EquatableArray<Statement> Before, Expression? Condition, bool TestsFirst, EquatableArray<Statement> After, Statement Body, int Break, int Continue) : Statement;

public enum IterationKind { Array, Grid, Enumerator }

/// <summary>foreach. <paramref name="Element"/> takes the element from its one operand.</summary>
/// <param name="EnumeratorType">The enumerator's type; for a grid, an array of several dimensions, the element's.</param>
public sealed record ForEach(IterationKind Kind, Expression Source, VariableType SourceType, VariableType? EnumeratorType, string Count, Code Element, string Dispose, EquatableArray<Statement> Declared, Statement Body, int Break, int Continue, SourceSpan? Span) : Statement;

/// <summary>await foreach. <paramref name="Element"/> takes the element from its one operand.</summary>
public sealed record AwaitForEach(int Enumerator, Expression Source, Await MoveNext, Block? Dispose, Code Element, EquatableArray<Statement> Declared, Statement Body, int Break, int Continue, SourceSpan? Span) : Statement;

/// <summary>await foreach over the call of a coroutine that is a stream. <paramref name="Element"/> takes the element from its one operand.</summary>
public sealed record ReadStream(int Stream, Await Start, Await Next, Await Leave, Code Element, EquatableArray<Statement> Declared, Statement Body, int Break, int Continue) : Statement;

/// <summary>switch: the governing expression, its dispatch (one operand, jumps to the sections) and the sections.</summary>
public sealed record Switch(Expression Governing, VariableType Type, Code Dispatch, EquatableArray<SwitchGuard> Guards, EquatableArray<SwitchSection> Sections, int Break) : Statement;

/// <summary>A guard that suspends: the dispatch jumps to it, it jumps to its section, or what is left is dispatched (one operand).</summary>
public sealed record SwitchGuard(int Label, Expression Condition, int Section, Code Rest);

public sealed record SwitchSection(int Label, EquatableArray<Statement> Body);

/// <summary>using: resource variable, its value, and how it is disposed of: by <paramref name="Dispose"/>, or, for await using, by <paramref name="SuspendingDispose"/>.</summary>
public sealed record Using(int Variable, Expression Value, Code? Dispose, Block? SuspendingDispose, EquatableArray<Statement> Body, SourceSpan? Span) : Statement;
