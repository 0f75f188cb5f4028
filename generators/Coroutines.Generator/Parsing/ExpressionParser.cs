using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Takes expressions apart where they suspend; everything else is copied.</summary>
internal sealed class ExpressionParser
{
    private readonly BodyContext _context;
    private readonly LeafParser _leaves;
    private readonly OperandParser _operands;
    private readonly AwaitParser _awaits;
    private readonly AssignmentParser _assignments;
    private readonly InitializerParser _initializers;
    private readonly SelectionParser _selections;
    private readonly CollectionParser _collections;
    private readonly HandlerParser _handlers;
    private readonly AccessParser _accesses;

    public ExpressionParser(BodyContext context, LeafParser leaves)
    {
        _context = context;
        _leaves = leaves;
        _operands = new(context, this, leaves);
        _awaits = new(context, _operands);
        AsyncCalls = new(context, _awaits);
        _assignments = new(context, this, _operands);
        _selections = new(context, leaves, this);
        _initializers = new(context, _operands);
        _handlers = new(context, _operands);
        _accesses = new(context, leaves, this, _operands);
        _collections = new(context, _operands);
    }

    public AsyncCallParser AsyncCalls { get; }

    public AwaitParser Awaits => _awaits;

    public Expression Parse(ExpressionSyntax expression)
    {
        if (expression is ThrowExpressionSyntax thrown) return new Thrown(Parse(thrown.Expression));
        if (!_context.Suspensions.Contains(expression)) return new Verbatim(_leaves.Copy(expression));
        return expression switch
        {
            AwaitExpressionSyntax await => _awaits.Parse(await),
            ParenthesizedExpressionSyntax parenthesized => Parenthesized(parenthesized),
            AssignmentExpressionSyntax assignment => _assignments.Parse(assignment),
            ConditionalExpressionSyntax choice when IsConditional(choice.WhenTrue, choice.WhenFalse) => Choice(choice),
            SwitchExpressionSyntax selection when selection.Arms.Any(_context.Suspensions.Contains) => _selections.Parse(selection),
            ConditionalAccessExpressionSyntax access when IsConditional(access.WhenNotNull) => _accesses.Parse(access),
            WithExpressionSyntax with when IsConditional(with.Initializer) => _initializers.Parse(with),
            InterpolatedStringExpressionSyntax text when _handlers.CreationOf(text) is { } creation => _handlers.Parse(text, creation),
            CollectionExpressionSyntax collection when CollectionParser.HasSpread(collection) || !_collections.IsPlain(collection) => _collections.Parse(collection),
            BinaryExpressionSyntax binary when IsShortCircuit(binary) && IsConditional(binary.Right) => ShortCircuit(binary),
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } creation when IsConditional(initializer) => _initializers.Parse(creation, initializer),
            _ => _operands.Split(expression, OperandsOf(expression)),
        };
    }

    /// <summary>The operands in order of evaluation. What stands between them is copied.</summary>
    private IEnumerable<ExpressionSyntax> OperandsOf(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case CastExpressionSyntax e: return [e.Expression];
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } e: return _operands.Place(e.Operand);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } e: return _operands.Place(e.Operand);
            case PrefixUnaryExpressionSyntax e when !e.IsKind(SyntaxKind.AddressOfExpression) && !e.IsKind(SyntaxKind.PointerIndirectionExpression): return [e.Operand];
            case PostfixUnaryExpressionSyntax e: return [e.Operand];
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression or (int)SyntaxKind.AsExpression } e: return [e.Left];
            case BinaryExpressionSyntax e when IsShortCircuit(e): return [e.Left];
            case BinaryExpressionSyntax e: return [e.Left, e.Right];
            case IsPatternExpressionSyntax e: return [e.Expression];
            case ConditionalExpressionSyntax e: return [e.Condition];
            case SwitchExpressionSyntax e: return [e.GoverningExpression];
            case CheckedExpressionSyntax e: return [e.Expression];
            case WithExpressionSyntax e: return [e.Expression];
            case RangeExpressionSyntax e: return new[] { e.LeftOperand, e.RightOperand }.OfType<ExpressionSyntax>();
            case MemberAccessExpressionSyntax e: return _operands.Receiver(e.Expression);
            case ElementAccessExpressionSyntax e: return _operands.Receiver(e.Expression).Concat(_operands.Arguments(e.ArgumentList.Arguments));
            case ElementBindingExpressionSyntax e: return _operands.Arguments(e.ArgumentList.Arguments);
            case ConditionalAccessExpressionSyntax e: return [e.Expression];
            case InvocationExpressionSyntax e: return _operands.Callee(e).Concat(_operands.Arguments(e.ArgumentList.Arguments));
            case BaseObjectCreationExpressionSyntax { ArgumentList: { } list }: return _operands.Arguments(list.Arguments);
            case ArrayCreationExpressionSyntax e: return e.Type.RankSpecifiers.SelectMany(r => r.Sizes).Where(s => s is not OmittedArraySizeExpressionSyntax).Concat(Elements(e.Initializer));
            case ImplicitArrayCreationExpressionSyntax e: return Elements(e.Initializer);
            case CollectionExpressionSyntax e: return e.Elements.Cast<ExpressionElementSyntax>().Select(x => x.Expression);
            case InterpolatedStringExpressionSyntax e when _context.Semantics.GetTypeInfo(e) is { Type.SpecialType: SpecialType.System_String, ConvertedType: { SpecialType: SpecialType.System_String or SpecialType.System_Object } or { Name: "FormattableString" or "IFormattable" } }:
                return e.Contents.OfType<InterpolationSyntax>().Select(i => i.Expression);
            // What follows the first source is lambdas, apart from the sources of joins. That of a first join is evaluated right after it.
            case QueryExpressionSyntax e when !_context.Suspensions.Contains(e.Body): return [e.FromClause.Expression];
            case QueryExpressionSyntax { Body: { Clauses: [JoinClauseSyntax join, ..] } body } e when body.DescendantNodes(n => n != join.InExpression).All(n => n is not AwaitExpressionSyntax || n == join.InExpression):
                return [e.FromClause.Expression, join.InExpression];
            case TupleExpressionSyntax e: return e.Arguments.Select(a => a.Expression);
            case AnonymousObjectCreationExpressionSyntax e: return e.Initializers.Select(i => i.Expression);
            default: throw new RefusedException(Refusals.AwaitPosition, Describe(expression), expression);
        }
    }

    /// <summary>Where a variable takes the place of the inner expression it stands alone: <c>(t)(x)</c> and <c>(t) with { }</c> would begin with a cast.</summary>
    private Expression Parenthesized(ParenthesizedExpressionSyntax parenthesized)
    {
        Operand inner = _operands.Operand(parenthesized.Expression, siblingsArePure: false);
        if (inner.Value is Await or Conditional or ConditionalAccess or Selection or Initialization) return inner.Value;
        return new Operation(new Code([Part.Of("("), Part.Operand(0), Part.Of(")")], _context.SpanOf(parenthesized)), [inner]);
    }

    private Conditional Choice(ConditionalExpressionSyntax choice)
    {
        if (choice.WhenTrue is RefExpressionSyntax) throw new RefusedException(Refusals.EvaluationOrder, choice.ToString(), choice);
        return new(ConditionalKind.Choice, Condition(choice.Condition), null, Parse(choice.WhenTrue), Parse(choice.WhenFalse), _context.OwnTypeOf(choice), _context.IsConverted(choice));
    }

    private Conditional ShortCircuit(BinaryExpressionSyntax binary)
    {
        if (binary.IsKind(SyntaxKind.CoalesceExpression)) return Coalesce(binary);
        var kind = binary.IsKind(SyntaxKind.LogicalAndExpression) ? ConditionalKind.And : ConditionalKind.Or;
        if (!IsBool(binary.Left) || !IsBool(binary.Right)) return UserDefined(binary, kind);
        return new(kind, Parse(binary.Left), null, Parse(binary.Right), null, new("bool", false, false, Visibility.Public, Size: 1));
    }

    /// <summary><c>x &amp;&amp; y</c> is <c>false(x) ? x : x &amp; y</c>; only an accessor can ask the operator <c>false</c>.</summary>
    private Conditional UserDefined(BinaryExpressionSyntax binary, ConditionalKind kind)
    {
        string name = kind == ConditionalKind.And ? "op_False" : "op_True";
        if (_context.Semantics.GetTypeInfo(binary).Type is not INamedTypeSymbol type || _context.Semantics.GetSymbolInfo(binary).Symbol is not IMethodSymbol { ContainingType: { } owner }
            || owner.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.Parameters[0].Type, type)) is not { } decides)
            throw new RefusedException(Refusals.AwaitPosition, "this logical operator", binary);
        return new(kind, Parse(binary.Left), TypeText.Describe(type), Parse(binary.Right), null, TypeText.Describe(type), Decides: _context.Accessors.Operator(decides, binary));
    }

    private bool IsBool(ExpressionSyntax e) => _context.Semantics.GetTypeInfo(e).ConvertedType?.SpecialType == SpecialType.System_Boolean;

    /// <summary>What is tested by its operator <c>true</c> is made a truth.</summary>
    public Expression Condition(ExpressionSyntax condition)
    {
        Expression value = Parse(condition);
        if (!value.Suspends || IsBool(condition)) return value;
        return new Operation(new Code([Part.Of("("), Part.Operand(0), Part.Of(" ? true : false)")]), [new(value, _context.OwnTypeOf(condition), false)]);
    }

    private Conditional Coalesce(BinaryExpressionSyntax binary)
    {
        ITypeSymbol? left = _context.Semantics.GetTypeInfo(binary.Left).Type;
        if (left is null || !TypeText.CanBeKept(left)) throw new RefusedException(Refusals.AwaitPosition, "?? of this type", binary);
        VariableType result = _context.OwnTypeOf(binary);
        bool unwraps = left.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            && !SymbolEqualityComparer.Default.Equals(_context.Semantics.GetTypeInfo(binary).Type, left);
        return new(ConditionalKind.Coalesce, Parse(binary.Left), TypeText.Describe(left), Parse(binary.Right), null, result, Unwrap: unwraps ? ".GetValueOrDefault()" : "");
    }

    private bool IsConditional(params SyntaxNode[] operands) => operands.Any(_context.Suspensions.Contains);

    private static bool IsShortCircuit(BinaryExpressionSyntax binary) =>
        binary.RawKind is (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression;

    public static IEnumerable<ExpressionSyntax> Elements(InitializerExpressionSyntax? initializer) =>
        initializer is null ? [] : initializer.Expressions.SelectMany(e => e is InitializerExpressionSyntax nested ? Elements(nested) : [e]);

    private static string Describe(ExpressionSyntax expression) => expression.Kind().ToString();
}
