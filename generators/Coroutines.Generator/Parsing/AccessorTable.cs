using System.Globalization;
using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// What an object initializer may do and a statement may not: create without its required members, and call an init-only setter. The runtime lets a
/// method marked <c>UnsafeAccessor</c> do both; such methods stand in classes beside or inside of the coroutine's type.
/// </summary>
internal sealed class AccessorTable(BodyContext context)
{
    private const string Attribute = "global::System.Runtime.CompilerServices.UnsafeAccessor";

    private readonly List<Entry> _classes = [];
    private readonly INamedTypeSymbol[] _around = [.. SignatureParser.Enclosing(context.Method.ContainingType)];

    /// <summary>As they are once the body is parsed.</summary>
    public IEnumerable<AccessorClass> All => _classes.Select(entry => new AccessorClass(entry.Place.Depth, entry.Name + entry.Place.ParametersOf(entry.Owner), [.. entry.Methods.Values.Select(accessor => accessor.Text)]));

    /// <summary>A method that is given the object and what the setter is.</summary>
    public string Setter(IMethodSymbol setter, SyntaxNode where)
    {
        IMethodSymbol declared = setter.OriginalDefinition;
        string receiver = (declared.ContainingType.IsValueType ? "ref " : "") + TypeText.Of(declared.ContainingType);
        string parameters = string.Concat(declared.Parameters.Select((p, i) => $", {TypeText.Of(p.Type)} {(i < declared.Parameters.Length - 1 ? $"a{Text(i)}" : "value")}"));
        return Declare(setter, where, setter.MetadataName, $"Method, Name = \"{setter.MetadataName}\"", "void", $"{receiver} target{parameters}");
    }

    /// <summary>An operator that the language offers no other way to call. Its first argument only tells the type.</summary>
    public string Operator(IMethodSymbol method, SyntaxNode where)
    {
        IMethodSymbol declared = method.OriginalDefinition;
        string parameters = $"{TypeText.Of(declared.ContainingType)} type, {TypeText.Of(declared.Parameters[0].Type)} value";
        return Declare(method, where, method.MetadataName, $"StaticMethod, Name = \"{method.MetadataName}\"", TypeText.Of(declared.ReturnType), parameters);
    }

    public string Constructor(IMethodSymbol constructor, SyntaxNode where)
    {
        IMethodSymbol declared = constructor.OriginalDefinition;
        if (!declared.Parameters.All(IsPlain)) throw Refuse(constructor, where);
        string parameters = string.Join(", ", declared.Parameters.Select(p =>
            $"{(p.IsParams ? "params " : "")}{TypeText.Of(p.Type)} {SignatureParser.Escape(p.Name)}{(p.HasExplicitDefaultValue ? " = " + SignatureParser.DefaultOf(p) : "")}"));
        return Declare(constructor, where, "Create", "Constructor", TypeText.Of(declared.ContainingType), parameters);
    }

    private string Declare(IMethodSymbol method, SyntaxNode where, string name, string kind, string result, string parameters)
    {
        IMethodSymbol declared = method.OriginalDefinition;
        AccessorPlace place = AccessorPlace.Find(declared, _around, context.Semantics.Compilation) ?? throw Refuse(method, where);
        Entry? entry = _classes.FirstOrDefault(e => e.Place.Depth == place.Depth && SymbolEqualityComparer.Default.Equals(e.Owner, declared.ContainingType));
        if (entry is null) _classes.Add(entry = new(place, declared.ContainingType, GeneratedNames.NestedOf(context.Method.ContainingType, $"{context.Signature.Stem}__Accessors{Text(_classes.Count + 1)}"), new(SymbolEqualityComparer.Default)));
        if (!entry.Methods.TryGetValue(declared, out Accessor accessor))
        {
            // A call of the member chooses among overloads by other arguments than one of the accessor would.
            accessor.Name = entry.Methods.Values.Any(other => other.Name == name) ? $"{name}_{Text(entry.Methods.Count)}" : name;
            accessor.Text = $"[{Attribute}({Attribute}Kind.{kind})] internal static extern {result} {accessor.Name}({parameters});";
            entry.Methods.Add(declared, accessor);
        }
        return $"{place.NameOf(entry.Name, method.ContainingType)}.{accessor.Name}";
    }

    /// <summary>The compiler reads nothing off the call for it, such as the caller's name.</summary>
    private static bool IsPlain(IParameterSymbol parameter) => parameter.RefKind == RefKind.None && parameter.IsOptional == parameter.HasExplicitDefaultValue
        && parameter.GetAttributes().All(a => a.AttributeClass?.ContainingNamespace.Name != "CompilerServices");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static RefusedException Refuse(IMethodSymbol method, SyntaxNode where) => new(Refusals.AwaitPosition, $"an initializer or operator with {method.ContainingType.Name}.{method.Name}", where);

    private sealed record Entry(AccessorPlace Place, INamedTypeSymbol Owner, string Name, Dictionary<ISymbol, Accessor> Methods);

    private record struct Accessor(string Name, string Text);
}
