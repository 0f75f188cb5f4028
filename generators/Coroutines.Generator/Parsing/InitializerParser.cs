using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Object and collection initializers and <c>with</c> that suspend: the creation, then one step for each member or element.</summary>
internal sealed class InitializerParser(BodyContext context, OperandParser operands)
{
    public Initialization Parse(BaseObjectCreationExpressionSyntax creation, InitializerExpressionSyntax initializer)
    {
        ITypeSymbol type = TypeOf(creation);
        Operation arguments = creation.ArgumentList is { } list ? operands.Split(list, operands.Arguments(list.Arguments)) : new Operation($"({string.Join(", ", CallerInformation.ArgumentsOf(context.Semantics.GetOperation(creation)))})", []);
        string created = $"new {TypeText.Of(type).TrimEnd('?')}";
        if (HasRequiredMembers(type) && context.Semantics.GetSymbolInfo(creation).Symbol is IMethodSymbol constructor && !SetsRequiredMembers(constructor)
            && creation.ArgumentList?.Arguments.Any(a => IsDynamic(a.Expression)) != true)
        {
            // The constructor of a struct that declares none does not exist.
            if (constructor is { IsImplicitlyDeclared: true, ContainingType.IsValueType: true }) return Of(new(Code.Of($"default({TypeText.Of(type)})").At(context.SpanOf(creation)), []), type, initializer);
            created = context.Accessors.Constructor(constructor, creation);
        }
        return Of(arguments with { Template = (Code.Of(created) + arguments.Template).At(context.SpanOf(creation)) }, type, initializer);
    }

    public Initialization Parse(WithExpressionSyntax with)
    {
        ITypeSymbol type = TypeOf(with);
        var template = new Code([Part.Operand(0), Part.Of(" with { }")], context.SpanOf(with));
        return Of(new(template, [operands.Operand(with.Expression, siblingsArePure: false)]), type, with.Initializer);
    }

    private Initialization Of(Operation creation, ITypeSymbol type, InitializerExpressionSyntax initializer)
    {
        int variable = context.Temporary(TypeText.Describe(type), "created");
        return new(creation, variable, Steps(new(Code.Variable(variable), null, type), initializer).ToEquatableArray());
    }

    private ITypeSymbol TypeOf(ExpressionSyntax creation) =>
        context.Semantics.GetTypeInfo(creation).Type is { } type && TypeText.CanBeNamed(type) ? type : throw new RefusedException(Refusals.AwaitPosition, "an initializer of this type", creation);

    private IEnumerable<Operation> Steps(Target target, InitializerExpressionSyntax initializer) =>
        initializer.Expressions.SelectMany(e => initializer.IsKind(SyntaxKind.CollectionInitializerExpression) ? [Element(target, e)] : Member(target, e));

    private IEnumerable<Operation> Member(Target target, ExpressionSyntax element)
    {
        if (element is not AssignmentExpressionSyntax assignment) throw Refuse(element);
        ISymbol? member = context.Semantics.GetSymbolInfo(assignment.Left).Symbol;
        switch (assignment)
        {
            case { Left: IdentifierNameSyntax name, Right: InitializerExpressionSyntax nested }:
                ITypeSymbol? type = context.Semantics.GetTypeInfo(name).Type;
                return type is not null && TypeText.CanBeNamed(type) ? Steps(target.Nested($".{name.Identifier.Text}", type, member is IFieldSymbol), nested) : throw Refuse(element);
            case { Left: IdentifierNameSyntax, Right: var value } when SetterOf(member) is { IsInitOnly: true } setter:
                return [Step(target, element, [value], Call(target, setter, element), [")"], setter)];
            case { Left: IdentifierNameSyntax name, Right: var value }:
                return [Step(target, element, [value], target.Text + $".{name.Identifier.Text} = ", [""])];
            case { Left: ImplicitElementAccessSyntax access, Right: InitializerExpressionSyntax nested }:
                return Indexed(target, access, nested);
            case { Left: ImplicitElementAccessSyntax access, Right: var value }:
                ExpressionSyntax[] indices = [.. access.ArgumentList.Arguments.Select(a => a.Expression)];
                if (SetterOf(context.Semantics.GetSymbolInfo(access).Symbol) is { IsInitOnly: true } indexer)
                    return IsPlain(access.ArgumentList, indexer) ? [Step(target, element, [.. indices, value], Call(target, indexer, element), [.. indices.Select(_ => ", "), ")"], indexer)] : throw Refuse(element);
                return [Step(target, element, [.. indices, value], target.Text + "[", [.. indices.Skip(1).Select(_ => ", "), "] = ", ""])];
            default:
                throw Refuse(element);
        }
    }

    private static IMethodSymbol? SetterOf(ISymbol? member)
    {
        // An override may leave the setter to what it overrides.
        var property = member as IPropertySymbol;
        while (property is { SetMethod: null, OverriddenProperty: { } overridden }) property = overridden;
        return property?.SetMethod;
    }

    private Code Call(Target target, IMethodSymbol setter, ExpressionSyntax element)
    {
        // An accessor would set the member of a box.
        if (target.Type is { IsReferenceType: false, TypeKind: TypeKind.TypeParameter }) throw Refuse(element);
        return Code.Of(context.Accessors.Setter(setter, element) + (setter.ContainingType.IsValueType ? "(ref " : "(")) + target.Text + ", ";
    }

    private static bool IsPlain(BracketedArgumentListSyntax indices, IMethodSymbol setter) =>
        indices.Arguments.Count == setter.Parameters.Length - 1 && indices.Arguments.All(a => a.NameColon is null) && setter.Parameters.All(p => p is { RefKind: RefKind.None, IsParams: false });

    /// <summary>The indices are evaluated once, the element is read anew by every step.</summary>
    private IEnumerable<Operation> Indexed(Target target, ImplicitElementAccessSyntax access, InitializerExpressionSyntax nested)
    {
        ITypeSymbol? type = context.Semantics.GetTypeInfo(access).Type;
        if (type is null || !TypeText.CanBeNamed(type)) throw Refuse(access);
        Code element = "[";
        foreach (ArgumentSyntax argument in access.ArgumentList.Arguments)
        {
            Operand index = operands.Operand(argument.Expression, siblingsArePure: false);
            int kept = context.Temporary(index.Type ?? throw Refuse(argument.Expression), "index");
            yield return new(new Code([Part.Definition(kept), Part.Of(" = "), Part.Operand(0)]), [index]);
            element += (element.Parts.Count > 1 ? ", " : "") + Code.Variable(kept);
        }
        bool isPlace = context.Semantics.GetSymbolInfo(access).Symbol is null or IPropertySymbol { RefKind: not RefKind.None };
        foreach (Operation step in Steps(target.Nested(element + "]", type, isPlace), nested)) yield return step;
    }

    private Operation Element(Target target, ExpressionSyntax element)
    {
        ExpressionSyntax[] values = element is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression } list ? [.. list.Expressions] : [element];
        return Step(target, element, values, target.Text + ".Add(", [.. values.Skip(1).Select(_ => ", "), ")"]);
    }

    /// <summary>The prefix, then the values with the text that follows each.</summary>
    /// <param name="setter">What an accessor passes them to; null without one.</param>
    private Operation Step(Target target, ExpressionSyntax element, ExpressionSyntax[] values, Code prefix, string[] after, IMethodSymbol? setter = null)
    {
        var parts = new List<Part>(prefix.Parts);
        var list = new List<Operand>();
        if (target.Kept is { } kept) list.Add(kept);
        for (int i = 0; i < values.Length; i++)
        {
            parts.Add(Part.Operand(list.Count));
            parts.Add(Part.Of(after[i]));
            Operand value = operands.Operand(values[i], siblingsArePure: false);
            list.Add(setter is null ? value : Converted(value, values[i], setter.Parameters[i].Type));
        }
        return new(new Code(parts.ToEquatableArray(), context.SpanOf(element)), list.ToEquatableArray());
    }

    /// <summary>What is dynamic is converted as an assignment does it: as an argument it would make the call a dynamic one.</summary>
    private Operand Converted(Operand value, ExpressionSyntax syntax, ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Dynamic || !IsDynamic(syntax)) return value;
        VariableType converted = TypeText.Describe(type);
        return new(new Operation(new([Part.Of("("), Part.Definition(context.Temporary(converted, "converted")), Part.Of(" = "), Part.Operand(0), Part.Of(")")]), [value]), converted, false);
    }

    private bool IsDynamic(ExpressionSyntax e) => context.Semantics.GetTypeInfo(e).Type?.TypeKind == TypeKind.Dynamic;

    private static bool HasRequiredMembers(ITypeSymbol type) =>
        type.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
        || (type.BaseType is { } inherited && HasRequiredMembers(inherited));

    private static bool SetsRequiredMembers(IMethodSymbol constructor) =>
        constructor.GetAttributes().Any(a => a.AttributeClass?.Name == "SetsRequiredMembersAttribute");

    private static RefusedException Refuse(ExpressionSyntax element) => new(Refusals.AwaitPosition, "this initializer", element);

    /// <summary>What a step is about: the object, or a member of it, which every step reads anew before its values.</summary>
    /// <param name="Kept">The operand that <paramref name="Text"/> stands for; null if it can be written as often as needed.</param>
    private sealed record Target(Code Text, Operand? Kept, ITypeSymbol Type)
    {
        public Target Nested(Code member, ITypeSymbol type, bool isField)
        {
            Code access = Text + member;
            if (type.IsValueType && isField) return this with { Text = access, Type = type };
            Expression value = Kept is null ? new Verbatim(access) : new Operation(access, [Kept]);
            return new(new Code([Part.Operand(0)]), new(value, TypeText.Describe(type), false), type);
        }
    }
}
