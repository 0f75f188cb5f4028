using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Object and collection initializers that suspend: the creation, then one step for each member or element.</summary>
internal sealed class InitializerParser(BodyContext context, OperandParser operands)
{
    public Initialization Parse(BaseObjectCreationExpressionSyntax creation, InitializerExpressionSyntax initializer)
    {
        ITypeSymbol? type = context.Semantics.GetTypeInfo(creation).Type;
        if (type is null || !TypeText.CanBeNamed(type) || HasRequiredMembers(type)) throw new RefusedException(Refusals.AwaitPosition, "an initializer of required members", initializer);
        var steps = initializer.Expressions.Select(e => initializer.IsKind(SyntaxKind.ObjectInitializerExpression) ? Member(e) : Element(e)).ToEquatableArray();
        Operation arguments = creation.ArgumentList is { } list ? operands.Split(list, operands.Arguments(list.Arguments)) : new Operation("()", []);
        Code template = Code.Of($"new {TypeText.Of(type).TrimEnd('?')}") + arguments.Template;
        return new(arguments with { Template = template.At(context.SpanOf(creation)) }, TypeText.Describe(type), steps);
    }

    private Operation Member(ExpressionSyntax element)
    {
        if (element is not AssignmentExpressionSyntax { Right: not InitializerExpressionSyntax } assignment) throw Refuse(element);
        switch (assignment.Left)
        {
            case IdentifierNameSyntax name when context.Semantics.GetSymbolInfo(name).Symbol is not IPropertySymbol { SetMethod: null or { IsInitOnly: true } }:
                return Step(element, [assignment.Right], $".{name.Identifier.Text} = ", [""]);
            case ImplicitElementAccessSyntax access:
                ExpressionSyntax[] indices = [.. access.ArgumentList.Arguments.Select(a => a.Expression)];
                return Step(element, [.. indices, assignment.Right], "[", [.. indices.Skip(1).Select(_ => ", "), "] = ", ""]);
            default:
                throw Refuse(element);
        }
    }

    private Operation Element(ExpressionSyntax element)
    {
        ExpressionSyntax[] values = element is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression } list ? [.. list.Expressions] : [element];
        return Step(element, values, ".Add(", [.. values.Skip(1).Select(_ => ", "), ")"]);
    }

    /// <summary>The object (operand 0), then the values with the text that follows each.</summary>
    private Operation Step(ExpressionSyntax element, ExpressionSyntax[] values, string prefix, string[] after)
    {
        var parts = new List<Part> { Part.Operand(0), Part.Of(prefix) };
        var list = new List<Operand> { new(new Verbatim(""), null, true) };
        for (int i = 0; i < values.Length; i++)
        {
            list.Add(operands.Operand(values[i], siblingsArePure: false));
            parts.Add(Part.Operand(i + 1));
            parts.Add(Part.Of(after[i]));
        }
        return new(new Code(parts.ToEquatableArray(), context.SpanOf(element)), list.ToEquatableArray());
    }

    private static bool HasRequiredMembers(ITypeSymbol type) =>
        type.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
        || (type.BaseType is { } inherited && HasRequiredMembers(inherited));

    private static RefusedException Refuse(ExpressionSyntax element) => new(Refusals.AwaitPosition, "this initializer", element);
}
