using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// What an object initializer may do and a statement may not: create without its required members, and call an init-only setter. The runtime lets a
/// method marked <c>UnsafeAccessor</c> do both; such methods become local functions of the coroutine.
/// </summary>
internal sealed class AccessorTable(BodyContext context)
{
    private const string Attribute = "System.Runtime.CompilerServices.UnsafeAccessor";

    private readonly Dictionary<ISymbol, string> _names = new(SymbolEqualityComparer.Default);

    public string Setter(IMethodSymbol setter, SyntaxNode where)
    {
        string receiver = (setter.ContainingType.IsValueType ? "ref " : "") + TypeText.Of(setter.ContainingType);
        return Declare(setter, where, $"Method, Name = \"{setter.MetadataName}\"", "void", $"{receiver} target, {TypeText.Of(setter.Parameters[0].Type)} value");
    }

    /// <summary>An operator that the language offers no other way to call. Its first argument only tells the type.</summary>
    public string Operator(IMethodSymbol method, SyntaxNode where)
    {
        string owner = TypeText.Of(method.ContainingType);
        return Declare(method, where, $"StaticMethod, Name = \"{method.MetadataName}\"", TypeText.Of(method.ReturnType), $"{owner} type, {TypeText.Of(method.Parameters[0].Type)} value");
    }

    public string Constructor(IMethodSymbol constructor, SyntaxNode where)
    {
        // The constructor of a struct that declares none does not exist.
        bool isPlain = !(constructor.ContainingType.IsValueType && constructor.IsImplicitlyDeclared)
            && constructor.Parameters.All(p => p is { RefKind: RefKind.None, IsParams: false, IsOptional: false });
        if (!isPlain) throw Refuse(constructor, where);
        return Declare(constructor, where, "Constructor", TypeText.Of(constructor.ContainingType), string.Join(", ", constructor.Parameters.Select((p, i) => $"{TypeText.Of(p.Type)} a{i}")));
    }

    private string Declare(IMethodSymbol method, SyntaxNode where, string kind, string result, string parameters)
    {
        if (_names.TryGetValue(method, out string? known)) return known;
        // The types of an accessor must be written as the member declares them, so type parameters are left alone.
        bool isGeneric = !context.Signature.TypeParameters.IsEmpty || SignatureParser.Enclosing(context.Method.ContainingType).Concat(SignatureParser.Enclosing(method.ContainingType)).Any(t => t.IsGenericType);
        if (isGeneric || context.Semantics.Compilation.GetTypeByMetadataName(Attribute + "Attribute") is null) throw Refuse(method, where);
        string name = $"{context.Prefix}accessor{_names.Count}";
        context.Preamble.Add(Code.Of($"[global::{Attribute}(global::{Attribute}Kind.{kind})] static extern {result} {name}({parameters});"));
        _names.Add(method, name);
        return name;
    }

    private static RefusedException Refuse(IMethodSymbol method, SyntaxNode where) => new(Refusals.AwaitPosition, $"an initializer or operator with {method.ContainingType.Name}.{method.Name}", where);
}
