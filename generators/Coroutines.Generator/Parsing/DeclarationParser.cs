using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Local declarations become assignments to lifted variables; using declarations take the rest of their block with them.</summary>
internal sealed class DeclarationParser(BodyContext context, LeafParser leaves, ExpressionParser expressions)
{
    public IEnumerable<Statement> Parse(LocalDeclarationStatementSyntax declaration) =>
        declaration.IsConst ? Constants(declaration) : Variables(declaration.Declaration);

    public IEnumerable<Statement> Variables(VariableDeclarationSyntax declaration)
    {
        foreach (VariableDeclaratorSyntax declarator in declaration.Variables)
        {
            int id = IdOf(declarator);
            foreach (int other in ExpressionVariables(declarator)) yield return new Declare(other);
            yield return new Declare(id);
            if (declarator.Initializer is not { Value: { } value }) continue;
            SourceSpan? span = context.SpanOf(declarator);
            if (context.Suspensions.Contains(value)) yield return new Assign(id, value is InitializerExpressionSyntax list ? Array(id, list) : Value(value), span);
            else yield return new Leaf(Initial(id, value, span));
        }
    }

    public Statement Using(VariableDeclarationSyntax declaration, bool isAwait, EquatableArray<Statement> body)
    {
        foreach (VariableDeclaratorSyntax declarator in declaration.Variables.Reverse())
        {
            int id = IdOf(declarator);
            ExpressionSyntax value = declarator.Initializer!.Value;
            ITypeSymbol type = ((ILocalSymbol)context.Semantics.GetDeclaredSymbol(declarator)!).Type;
            body = [Using(id, type, Value(value), isAwait, value, body, context.SpanOf(declarator))];
        }
        return body.Count == 1 ? body[0] : new Block(body);
    }

    public Statement Using(ExpressionSyntax resource, bool isAwait, EquatableArray<Statement> body)
    {
        ITypeSymbol? type = context.Semantics.GetTypeInfo(resource).Type;
        if (type is null || !TypeText.CanBeNamed(type)) throw new RefusedException(Refusals.Disposal, resource.ToString(), resource);
        int id = context.Temporary(TypeText.Describe(type), "using");
        return Using(id, type, expressions.Parse(resource), isAwait, resource, body, context.SpanOf(resource));
    }

    private Using Using(int id, ITypeSymbol type, Expression value, bool isAwait, SyntaxNode where, EquatableArray<Statement> body, SourceSpan? span) => isAwait
        ? new(id, value, null, expressions.AsyncCalls.Dispose(id, type, where), body, span)
        : new(id, value, Dispose(id, type, where), null, body, span);

    /// <summary>As the compiler disposes: through the interface for classes, in place for structs, nothing for null.</summary>
    private static Code Dispose(int id, ITypeSymbol type, SyntaxNode where)
    {
        if (type.IsReferenceType && type is not ITypeParameterSymbol)
            return new([Part.Of("if ("), Part.Variable(id), Part.Of(" != null) ((global::System.IDisposable)"), Part.Variable(id), Part.Of(").Dispose();")]);
        bool hasDispose = type.GetMembers("Dispose").Any(m => m is IMethodSymbol { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public, ReturnsVoid: true });
        if (hasDispose) return new([Part.Variable(id), Part.Of(".Dispose();")]);
        if (type is ITypeParameterSymbol) return new([Part.Of("if ("), Part.Variable(id), Part.Of(" != null) "), Part.Variable(id), Part.Of(".Dispose();")]);
        throw new RefusedException(Refusals.Disposal, type.ToDisplayString(), where);
    }

    private IEnumerable<Statement> Constants(LocalDeclarationStatementSyntax declaration)
    {
        foreach (VariableDeclaratorSyntax declarator in declaration.Declaration.Variables)
        {
            var local = (ILocalSymbol)context.Semantics.GetDeclaredSymbol(declarator)!;
            string name = context.ConstantName(local) ?? throw new RefusedException(Refusals.Variable, local.Name, declarator);
            context.Preamble.Add(Code.Of($"const {TypeText.Of(local.Type)} {name} = ") + leaves.Copy(declarator.Initializer!.Value) + ";");
        }
        return [];
    }

    private int IdOf(VariableDeclaratorSyntax declarator) =>
        context.LiftedId(context.Semantics.GetDeclaredSymbol(declarator)) ?? throw new RefusedException(Refusals.Variable, declarator.Identifier.Text, declarator);

    private IEnumerable<int> ExpressionVariables(SyntaxNode node) =>
        node.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d))).OfType<int>();

    private Expression Value(ExpressionSyntax value) =>
        value is RefExpressionSyntax && context.Suspensions.Contains(value) ? throw new RefusedException(Refusals.EvaluationOrder, value.ToString(), value) : expressions.Parse(value);

    /// <summary><c>T[] a = { … }</c>.</summary>
    private Operation Array(int id, InitializerExpressionSyntax list)
    {
        Operation elements = new OperandParser(context, expressions, leaves).Split(list, ExpressionParser.Elements(list));
        return elements with { Template = Code.Of($"new {context.Variables[id].Type.Text.TrimEnd('?')} ") + elements.Template };
    }

    private Code Initial(int id, ExpressionSyntax value, SourceSpan? span)
    {
        if (value is StackAllocArrayCreationExpressionSyntax && context.Semantics.GetTypeInfo(value).ConvertedType is IPointerTypeSymbol) throw new RefusedException(Refusals.UnsafeCode, value.ToString(), value);
        string prefix = value is InitializerExpressionSyntax ? $" = new {context.Variables[id].Type.Text} " : " = ";
        return (new Code([Part.Definition(id), Part.Of(prefix)]) + leaves.Copy(value) + ";").At(span);
    }
}
