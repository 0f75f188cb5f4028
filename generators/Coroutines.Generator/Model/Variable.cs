using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Model;

/// <summary>What generated code must know of a type.</summary>
/// <param name="Text">Fully qualified, as it is written in code.</param>
/// <param name="HoldsReferences">A value of it may keep something alive.</param>
/// <param name="IsRefLike">It cannot be a field.</param>
/// <param name="Size">An estimate of its size in bytes.</param>
/// <param name="Unnamed">What it takes to give a value its type back if the type has no name; it is then kept as an object.</param>
public sealed record VariableType(string Text, bool HoldsReferences, bool IsRefLike, Visibility Visibility, UnnamedType? Unnamed = null, int Size = 8)
{
    public static readonly VariableType Exception = new("global::System.Exception", true, false, Visibility.Public);
}

/// <summary>
/// A type with anonymous types in it. It cannot be written, but inferred: a generic function returns it for arguments of the anonymous types.
/// <code>List&lt;{ int X }>   →   static List&lt;T0> as1&lt;T0>(object value, T0 e0) => (List&lt;T0>)value;   as1(frame.list, false ? new { X = default(int) } : null)</code>
/// </summary>
/// <param name="Pattern">The type with <c>{0}</c>, <c>{1}</c>, … in the place of anonymous types.</param>
/// <param name="Examples">An expression for each anonymous type; never evaluated.</param>
public sealed record UnnamedType(string Pattern, EquatableArray<string> Examples);

public enum VariableKind { Parameter, Local, Temporary }

/// <summary>A variable that is visible to more than one leaf.</summary>
/// <param name="Ref"><c>ref </c> or <c>ref readonly </c> for a variable that refers to another one.</param>
/// <param name="Closure">The variable that holds the object of which this one is a field; <see cref="NoClosure"/> for a variable no function captures.</param>
public sealed record Variable(int Id, string Name, VariableType Type, VariableKind Kind, string Ref = "", int Closure = Variable.NoClosure, bool IsHoisted = false)
{
    public const int NoClosure = -1;

    public bool IsCaptured => Closure != NoClosure;
}
