using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Ir;

public enum PartKind
{
    /// <summary>Text as the user wrote it.</summary>
    Text,
    /// <summary>A mention of a variable of the coroutine.</summary>
    Variable,
    /// <summary>A mention that gives the variable a new value, unconditionally: it ends the life of the old one.</summary>
    Definition,
    /// <summary>A mention that may give the variable a new value.</summary>
    Place,
    /// <summary>A hole for an operand of the enclosing <see cref="Operation"/>.</summary>
    Operand,
    /// <summary>A whole jump statement to a label.</summary>
    Jump,
    /// <summary>The place of the coroutine's result.</summary>
    Result,
    /// <summary>An object of captured variables as a nested function sees it: a copy of the variable that holds it, made where the function is.</summary>
    Closure,
    /// <summary>Whether the stream is being left at the <c>yield</c> where it stands.</summary>
    Leaving,
    /// <summary>The element that a stream, held by a variable, has just yielded.</summary>
    Element,
    /// <summary>The beginning of a call that gives the value of a variable its unnamed type back; the value follows.</summary>
    Restored,
    /// <summary>The name of a called coroutine: its factory where it is generated, its own name otherwise.</summary>
    Callee,
    /// <summary>The same for a generator-style coroutine whose call is used as an iterator.</summary>
    Iterator,
    /// <summary>What makes an iterator a <c>Coroutine</c>: needed where the callee is not generated, as factories return one.</summary>
    Adapter,
}

/// <summary>A piece of code. <paramref name="Id"/> is a variable, operand, label or callee, depending on the kind.</summary>
public readonly record struct Part(PartKind Kind, string Text, int Id = 0)
{
    public static Part Of(string text) => new(PartKind.Text, text);
    public static Part Variable(int id) => new(PartKind.Variable, "", id);
    public static Part Place(int id) => new(PartKind.Place, "", id);
    public static Part Definition(int id) => new(PartKind.Definition, "", id);
    public static Part Operand(int index) => new(PartKind.Operand, "", index);
    public static Part Closure(int variable) => new(PartKind.Closure, "", variable);
    public static Part Jump(int label) => new(PartKind.Jump, "", label);
}

/// <summary>Source text without a suspension, with the variables it mentions.</summary>
/// <param name="DeclaresNames">The text declares expression variables of its own, so it needs a block around it.</param>
/// <param name="Overflow"><c>checked</c> or <c>unchecked</c> if it is a statement that needs such a block around it, else empty.</param>
public sealed record Code(EquatableArray<Part> Parts, SourceSpan? Span = null, bool DeclaresNames = false, string Overflow = "")
{
    public static Code Of(string text) => new([Part.Of(text)]);

    public static Code Variable(int id) => new([Part.Variable(id)]);

    public static Code operator +(Code left, Code right) =>
        new(left.Parts.Concat(right.Parts).ToEquatableArray(), left.Span ?? right.Span, left.DeclaresNames || right.DeclaresNames, left.Overflow + right.Overflow);

    public static implicit operator Code(string text) => Of(text);

    public Code At(SourceSpan? span) => this with { Span = span };
}
