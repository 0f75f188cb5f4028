using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Model;

/// <summary>Everything the generator knows about one accepted coroutine, after lowering.</summary>
public sealed record CoroutineModel(Signature Signature, SourceContext Context, EquatableArray<Callee> Callees, LoweredBody Body, EquatableArray<Closure> Closures, EquatableArray<AccessorClass> Accessors);

/// <summary>The body in its final form: leaves, labels, jumps, branches, awaits and tries.</summary>
/// <param name="Prefix">Begins every generated name that stands beside the user's text.</param>
public sealed record LoweredBody(EquatableArray<Statement> Statements, EquatableArray<Variable> Variables, EquatableArray<Code> Preamble, EquatableArray<LabelName> Labels, int States, string Prefix);

public readonly record struct LabelName(int Id, string Name);

/// <summary>What surrounds the method in its file, repeated in the generated one so that verbatim text binds as in the original.</summary>
/// <param name="Usings">Extern aliases and usings of the compilation unit.</param>
/// <param name="Namespaces">Outermost first.</param>
/// <param name="Types">Outermost first.</param>
public sealed record SourceContext(string Usings, EquatableArray<NamespacePart> Namespaces, EquatableArray<TypePart> Types, bool NullableEnabled);

public sealed record NamespacePart(string Name, string Usings);

/// <param name="Header">As in <c>partial struct Name&lt;T&gt;</c>.</param>
public sealed record TypePart(string Header);

/// <summary>The values of the runtime's <c>FramePlacement</c>.</summary>
public enum Placement { Automatic, Inline, Boxed }

public enum ReceiverKind { None, Class, Struct }

/// <param name="Id">Documentation comment id: the method's identity everywhere.</param>
/// <param name="Stem">The method's name, with an ordinal where it is overloaded: prefix of everything generated for it.</param>
/// <param name="Owner">The containing type, fully qualified.</param>
/// <param name="OwnerUnbound">The same as <c>typeof</c> takes it.</param>
/// <param name="OwnerNamespace">Empty for the global one.</param>
/// <param name="OwnerHeaders">As in <c>partial struct Name</c>, outermost first: reopens the containing type where it is not generic.</param>
/// <param name="TypeParameters">Of the method: <c>&lt;T, U&gt;</c> or empty.</param>
/// <param name="Result">Null for a coroutine without a result; the type of the elements of a stream.</param>
/// <param name="IsStream">The method returns <c>IAsyncEnumerable</c>.</param>
/// <param name="Iterator">The return type of a generator-style coroutine, an iterator over awaitables; empty for the others.</param>
/// <param name="TokenField">The field of a stream's parameter that takes the reader's cancellation token, or empty.</param>
/// <param name="IsReadOnly">The receiver is a struct that the method gets by read-only reference.</param>
/// <param name="ReceiverSize">An estimate of its size in bytes.</param>
/// <param name="Placement">What the user asks for.</param>
/// <param name="Declared">The accessibility that the user gave the method.</param>
/// <param name="Accessibility">That of the factory.</param>
/// <param name="SignatureVisibility">The least visible type in parameters, result and constraints.</param>
/// <param name="IsLocal">It is a local function: only the coroutine around it calls it.</param>
public sealed record Signature(
    string Id, string Name, string Stem, string Owner, string OwnerUnbound, Visibility OwnerVisibility, string OwnerNamespace, EquatableArray<string> OwnerHeaders,
    EquatableArray<string> TypeParameters, string Constraints, string OwnerConstraints, EquatableArray<string> OwnerTypeParameters,
    EquatableArray<Parameter> Parameters, VariableType? Result, ReceiverKind Receiver, bool IsReadOnly, string Declared, string Accessibility, Visibility SignatureVisibility,
    bool IsStream = false, string TokenField = "", string Iterator = "", bool IsLocal = false, int ReceiverSize = 0, Placement Placement = Placement.Automatic)
{
    public string FrameName => Stem + "__Frame";
    public string FactoryName => Stem + "__Create";
    public string IteratorFactoryName => Stem + "__Iterate";
    public string MoveNextName => Stem + "__MoveNext";
    public string InterceptorName => Stem + "__Intercepted";
    public string TypeParameterList => TypeParameters.IsEmpty ? "" : "<" + string.Join(", ", TypeParameters) + ">";
    public string FrameType => FrameName + TypeParameterList;
    public bool IsIterator => Iterator.Length > 0;
    public bool IsIterable => Iterator.StartsWith("global::System.Collections.Generic.IEnumerable<", StringComparison.Ordinal);
    public string ReturnType => IsIterator ? Iterator : CoroutineType;

    /// <summary>What the factory returns.</summary>
    public string CoroutineType => IsStream ? $"global::System.Collections.Generic.IAsyncEnumerable<{Result!.Text}>" : Result is null ? "global::Coroutines.Coroutine" : $"global::Coroutines.Coroutine<{Result.Text}>";
    public string ResultTypeArgument => Result?.Text ?? "global::Coroutines.CompilerServices.Unit";
}

/// <param name="Modifiers">As in <c>this </c> or <c>params </c>.</param>
/// <param name="Default">As in <c> = 3</c>, or empty.</param>
public sealed record Parameter(string Name, string Field, VariableType Type, string Modifiers, string Default);

/// <summary>A coroutine that the body calls.</summary>
/// <param name="Stem">Prefix of everything generated for it.</param>
/// <param name="IsExternal">It comes from a referenced assembly, so it is known to be generated.</param>
/// <param name="Bytes">The estimated size of the frame it publishes, if it comes from a referenced assembly.</param>
/// <param name="Placement">What the user asks for, likewise.</param>
/// <param name="IsOwnerInside">The calling type is the callee's containing type or nested in it.</param>
public sealed record Callee(string Id, string Name, string Stem, bool IsExternal, Visibility OwnerVisibility, bool IsOwnerInside, int Bytes = 0, Placement Placement = Placement.Automatic)
{
    public string FactoryName => Stem + "__Create";
    public string IteratorFactoryName => Stem + "__Iterate";
}
