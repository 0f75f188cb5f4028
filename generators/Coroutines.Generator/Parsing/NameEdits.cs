using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>What changes at names: lifted variables, constants, local functions that stand elsewhere, and what the compiler would infer from a name.</summary>
internal sealed class NameEdits(BodyContext context, LeafEdits leaf)
{
    public void Mention(IdentifierNameSyntax name)
    {
        ISymbol? symbol = context.Semantics.MentionOf(name);
        RefuseFileLocal(symbol, name);
        if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction }) Function(name);
        else if (symbol is ILocalSymbol && context.ConstantName(symbol) is { } constant) leaf.Replace(name, Part.Of(constant));
        else if (symbol is ILocalSymbol or IParameterSymbol && leaf.LiftedId(symbol, name) is { } id)
            leaf.Replace(name, Variable(name, id));
    }

    private static void RefuseFileLocal(ISymbol? symbol, SimpleNameSyntax name)
    {
        if (symbol is ITypeSymbol && FileLocalTypes.Of(symbol) is { } type) throw new RefusedException(Refusals.FileLocalType, type.Name, name);
    }

    private Part[] Variable(IdentifierNameSyntax name, int id)
    {
        bool isPlace = IsPlace(name);
        Variable variable = context.Variables[id];
        // A reference to an object is no reference to what is kept as one.
        if (variable.Type.Unnamed is not null && name.Parent is RefExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 }) throw new RefusedException(Refusals.Variable, variable.Name, name);
        if (!leaf.IsInFunction) return [IsWholeAssignment(name) ? Part.Definition(id) : isPlace ? Part.Place(id) : Part.Variable(id)];
        Part[] captured = [Part.Closure(variable.Closure), Part.Of("." + variable.Name)];
        return variable.Type.Unnamed is null || isPlace ? captured : [new(PartKind.Restored, "", id), .. captured, Part.Of(")")];
    }

    /// <summary>Whether a name is the target of an assignment.</summary>
    private static bool IsPlace(IdentifierNameSyntax name)
    {
        SyntaxNode at = name;
        while (at.Parent is ParenthesizedExpressionSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax }) at = at.Parent is ArgumentSyntax argument ? argument.Parent! : at.Parent;
        return at.Parent is AssignmentExpressionSyntax assignment && assignment.Left == at;
    }

    /// <summary>A local function that stands elsewhere: called with its closures, or made a delegate that brings them.</summary>
    public void Function(SimpleNameSyntax name)
    {
        if (context.Semantics.MentionOf(name) is not IMethodSymbol { MethodKind: MethodKind.LocalFunction } function || context.Functions.NameOf(function) is not { } unique) return;
        bool isCoroutine = context.Functions.CoroutineOf(function) is not null;
        if (isCoroutine && !function.TypeArguments.All(TypeText.CanBeNamed)) throw new RefusedException(Refusals.LocalFunction, function.Name, name, function.DeclaringSyntaxReferences[0].GetSyntax());
        string unnamed = isCoroutine ? context.Functions.TypeArguments(function) : "";
        ArgumentListSyntax? called = name.Parent is InvocationExpressionSyntax call && call.Expression == name ? call.ArgumentList : null;
        if (called is not null || context.Functions.ClosuresOf(function).Count == 0)
        {
            if (isCoroutine) leaf.Replace(name, Part.Of(unique + unnamed));
            else leaf.Replace(name.Identifier.SpanStart, name.Identifier.Span.End, Part.Of(unique));
            if (called is not null) leaf.Insert(called.OpenParenToken.Span.End, [.. context.Functions.Arguments(function, leaf.IsInFunction, called.Arguments.Count > 0)]);
            return;
        }
        if (context.Semantics.GetTypeInfo(name).ConvertedType is not INamedTypeSymbol { DelegateInvokeMethod: { ReturnsByRef: false, ReturnsByRefReadonly: false } } type || !TypeText.CanBeNamed(type)
            || !function.TypeArguments.All(TypeText.CanBeNamed)) throw new RefusedException(Refusals.Closure, name.ToString(), name);
        string arguments = isCoroutine ? unnamed : function.TypeArguments.IsEmpty ? "" : "<" + string.Join(", ", function.TypeArguments.Select(TypeText.Of)) + ">";
        leaf.Replace(name, [.. context.Functions.Delegate(function, arguments, type, leaf.IsInFunction)]);
    }

    public void Generic(GenericNameSyntax name)
    {
        ISymbol? symbol = context.Semantics.MentionOf(name);
        RefuseFileLocal(symbol, name);
        Function(name);
        bool isReplaced = symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } function && context.Functions.CoroutineOf(function) is not null;
        if (!isReplaced) leaf.Children(name);
    }

    /// <summary><c>x = …;</c> as the whole leaf: the old value of x is dead before it.</summary>
    private bool IsWholeAssignment(IdentifierNameSyntax name) =>
        name.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement } assignment
        && assignment.Left == name && context.Suspensions.LeafOf(statement) == statement
        && (assignment.Right is RefExpressionSyntax || context.Semantics.MentionOf(name) is not ILocalSymbol { RefKind: not RefKind.None });

    public void Named(IdentifierNameSyntax name, string separator)
    {
        if (context.LiftedId(context.Semantics.MentionOf(name)) is not null) leaf.Insert(name.SpanStart, Part.Of(name.Identifier.Text + separator));
        leaf.Visit(name);
    }

    /// <summary>The inferred name of a tuple element, unless inference would have given up.</summary>
    public void TupleElement(IdentifierNameSyntax name, TupleExpressionSyntax tuple)
    {
        string text = name.Identifier.ValueText;
        bool isTarget = tuple.Parent is AssignmentExpressionSyntax assignment && assignment.Left == tuple;
        bool isInferred = !isTarget && !text.StartsWith("Item", StringComparison.Ordinal) && text is not ("Rest" or "ToString" or "CompareTo" or "Deconstruct" or "Equals" or "GetHashCode")
            && tuple.Arguments.Count(a => a.Expression is IdentifierNameSyntax other && other.Identifier.ValueText == text || a.NameColon?.Name.Identifier.ValueText == text) == 1;
        if (isInferred) Named(name, ": ");
        else leaf.Visit(name);
    }
}
