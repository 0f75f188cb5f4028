namespace Coroutines.Generator.Model;

/// <summary>What generated code must know of a type.</summary>
/// <param name="Text">Fully qualified, as it is written in code.</param>
/// <param name="HoldsReferences">A value of it may keep something alive.</param>
/// <param name="IsRefLike">It cannot be a field.</param>
public sealed record VariableType(string Text, bool HoldsReferences, bool IsRefLike, Visibility Visibility)
{
    public static readonly VariableType Exception = new("global::System.Exception", true, false, Visibility.Public);
}

public enum VariableKind { Parameter, Local, Temporary }

/// <summary>A variable that is visible to more than one leaf.</summary>
/// <param name="Ref"><c>ref </c> or <c>ref readonly </c> for a variable that refers to another one.</param>
/// <param name="Closure">The variable that holds the object of which this one is a field; <see cref="NoClosure"/> for a variable no function captures.</param>
public sealed record Variable(int Id, string Name, VariableType Type, VariableKind Kind, string Ref = "", int Closure = Variable.NoClosure, bool IsHoisted = false)
{
    public const int NoClosure = -1;

    public bool IsCaptured => Closure != NoClosure;
}
