using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Collection expressions that suspend. The compiler enumerates spreads before it evaluates what follows the last of them, and, where it cannot tell the length
/// of one in advance, before it evaluates anything that follows. Where such a thing suspends, what stands before it is collected first.
/// <code>[a, ..b, await c]   →   t1 = (T[])[a, ..b]; t2 = await c; [..t1, t2]</code>
/// </summary>
internal sealed class CollectionParser(BodyContext context, OperandParser operands)
{
    public static bool HasSpread(CollectionExpressionSyntax collection) => collection.Elements.Any(e => e is SpreadElementSyntax);

    /// <summary>A collection whose construction nobody can observe, so that its elements may be evaluated first.</summary>
    public bool IsPlain(CollectionExpressionSyntax collection) =>
        TypeOf(collection) is { } type
        && (type is IArrayTypeSymbol || type.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic" || IsSpan(type)
            || type.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.CollectionBuilderAttribute"));

    public Expression Parse(CollectionExpressionSyntax collection) => IsPlain(collection) ? Collected(collection) : Added(collection);

    /// <summary>A collection that is made empty and added to, element by element.</summary>
    private Initialization Added(CollectionExpressionSyntax collection)
    {
        if (TypeOf(collection) is not { } type || !TypeText.CanBeNamed(type) || type.IsRefLikeType) throw new RefusedException(Refusals.AwaitPosition, "a collection of this type", collection);
        int variable = context.Temporary(TypeText.Describe(type), "created");
        string each = context.Prefix + "each";
        var steps = collection.Elements.Select(element => element switch
        {
            SpreadElementSyntax spread => Step(spread.Expression, [Part.Of($"foreach (var {each} in "), Part.Operand(0), Part.Of(") "), Part.Variable(variable), Part.Of($".Add({each})")]),
            ExpressionElementSyntax single => Step(single.Expression, [Part.Variable(variable), Part.Of(".Add("), Part.Operand(0), Part.Of(")")]),
            _ => throw new RefusedException(Refusals.AwaitPosition, element.ToString(), element),
        });
        return new(new Verbatim(Code.Of($"new {TypeText.Of(type).TrimEnd('?')}()").At(context.SpanOf(collection))), variable, steps.ToEquatableArray());

        Operation Step(ExpressionSyntax value, Part[] text) => new(new Code([.. text], context.SpanOf(value)), [operands.Operand(value, siblingsArePure: false)]);
    }

    private Operation Collected(CollectionExpressionSyntax collection)
    {
        if (ElementOf(TypeOf(collection)!) is not { } element || !TypeText.CanBeNamed(element))
            throw new RefusedException(Refusals.AwaitPosition, "a collection of this type", collection);
        string array = $"{TypeText.Of(element)}[]";
        VariableType type = new(array, true, false, TypeText.VisibilityOf(element));
        bool isKnown = collection.Elements.OfType<SpreadElementSyntax>().All(HasLength);
        int last = collection.Elements.IndexOf(e => e == collection.Elements.Last(x => x is SpreadElementSyntax));
        var pending = new List<(bool IsSpread, Operand Value)>();
        for (int i = 0; i < collection.Elements.Count; i++)
        {
            CollectionElementSyntax node = collection.Elements[i];
            bool enumerates = pending.Any(p => p.IsSpread) && (!isKnown || i > last);
            if (context.Suspensions.Contains(node) && enumerates)
                pending = [(true, new(new Operation(Code.Of($"(({array})") + Template(pending) + ")", [.. pending.Select(p => p.Value)]), type, false))];
            pending.Add(node switch
            {
                SpreadElementSyntax spread => (true, operands.Operand(spread.Expression, siblingsArePure: false)),
                ExpressionElementSyntax single => (false, operands.Operand(single.Expression, siblingsArePure: false)),
                _ => throw new RefusedException(Refusals.AwaitPosition, node.ToString(), node),
            });
        }
        return new(Template(pending).At(context.SpanOf(collection)), [.. pending.Select(p => p.Value)]);
    }

    /// <summary>What it is made into, also by a cast.</summary>
    private ITypeSymbol? TypeOf(CollectionExpressionSyntax collection) => context.Semantics.GetOperation(collection)?.Type;

    private static Code Template(List<(bool IsSpread, Operand Value)> elements)
    {
        var parts = new List<Part>();
        for (int i = 0; i < elements.Count; i++)
        {
            parts.Add(Part.Of((i == 0 ? "[" : ", ") + (elements[i].IsSpread ? ".." : "")));
            parts.Add(Part.Operand(i));
        }
        return new([.. parts, Part.Of("]")]);
    }

    private bool HasLength(SpreadElementSyntax spread) => context.Semantics.GetTypeInfo(spread.Expression).Type is { } type
        && (type is IArrayTypeSymbol || Members(type).Any(m => m is IPropertySymbol { Name: "Length" or "Count", Type.SpecialType: SpecialType.System_Int32, IsStatic: false, DeclaredAccessibility: Accessibility.Public }));

    private static IEnumerable<ISymbol> Members(ITypeSymbol type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
            foreach (ISymbol member in at.GetMembers()) yield return member;
        if (type.TypeKind != TypeKind.Interface) yield break;
        foreach (ISymbol member in type.AllInterfaces.SelectMany(i => i.GetMembers())) yield return member;
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } named => named.TypeArguments[0],
        _ => type.AllInterfaces.FirstOrDefault(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
    };

    private static bool IsSpan(ITypeSymbol type) => type is { Name: "Span" or "ReadOnlySpan", IsRefLikeType: true, ContainingNamespace.Name: "System" };
}
