using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Statements that contain a suspension; the others are leaves.</summary>
internal sealed class StatementParser
{
    private readonly BodyContext _context;
    private readonly LeafParser _leaves;
    private readonly ExpressionParser _expressions;
    private readonly DeclarationParser _declarations;
    private readonly IterationParser _iterations;
    private readonly SwitchParser _switches;
    private readonly TryParser _tries;
    private readonly StreamParser _streams;
    private readonly IteratorParser _iterators;

    public StatementParser(BodyContext context)
    {
        _context = context;
        _leaves = new(context);
        _expressions = new(context, _leaves);
        _declarations = new(context, _leaves, _expressions);
        _streams = new(context, _expressions);
        _iterators = new(context, _expressions);
        _iterations = new(context, _leaves, _expressions, this, _streams);
        _switches = new(context, _leaves, _expressions, this);
        _tries = new(context, _leaves, this);
    }

    public EquatableArray<Statement> ParseBody(SyntaxNode body, bool hasResult) => [.. _context.Closures.Enter(body), .. Outermost(body, hasResult)];

    private EquatableArray<Statement> Outermost(SyntaxNode body, bool hasResult) => body switch
    {
        BlockSyntax block when _context.Suspensions.Contains(block) => Statements(block.Statements),
        // Declarations directly in the body are lifted, so the body is never one leaf with its braces.
        BlockSyntax block => [new Leaf(_leaves.Copy(block))],
        ExpressionSyntax expression when hasResult => [new Return(_expressions.Parse(expression), _context.SpanOf(expression))],
        ExpressionSyntax expression => [Evaluate(expression)],
        _ => throw new RefusedException(Refusals.NoBody, body.ToString(), body),
    };

    public EquatableArray<Statement> Statements(IReadOnlyList<StatementSyntax> statements)
    {
        var parsed = new List<Statement>();
        for (int i = 0; i < statements.Count; i++)
        {
            if (statements[i] is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } resource)
            {
                var rest = Statements([.. statements.Skip(i + 1)]);
                parsed.Add(_declarations.Using(resource.Declaration, resource.AwaitKeyword.RawKind != 0, rest));
                break;
            }
            parsed.AddRange(Parse(statements[i]));
        }
        return parsed.ToEquatableArray();
    }

    public IEnumerable<Statement> Parse(StatementSyntax statement)
    {
        // Loops enter their scope in each iteration.
        bool isIterated = statement is CommonForEachStatementSyntax or WhileStatementSyntax;
        return isIterated ? Own(statement) : _context.Closures.Enter(statement).Concat(Own(statement));
    }

    private IEnumerable<Statement> Own(StatementSyntax statement)
    {
        if (statement is LocalDeclarationStatementSyntax declaration) return _declarations.Parse(declaration);
        if (statement is LocalFunctionStatementSyntax function) return LocalFunction(function);
        if (statement is LabeledStatementSyntax labeled && _context.LabelOf(labeled) is { } label) return Parse(labeled.Statement).Prepend(new Label(label, ""));
        if (!_context.Suspensions.Contains(statement)) return statement is EmptyStatementSyntax ? [] : Leaf(statement);
        return statement switch
        {
            BlockSyntax s => [new Block(Statements(s.Statements))],
            ExpressionStatementSyntax s => ExpressionVariables(s.Expression).Append(Evaluate(s.Expression)),
            ReturnStatementSyntax s => ExpressionVariables(s).Append(new Return(_expressions.Parse(s.Expression!), _context.SpanOf(s))),
            ThrowStatementSyntax s => [Throw(s)],
            YieldStatementSyntax s => ExpressionVariables(s).Concat(_context.Method.IsAsync ? _streams.Yield(s) : _iterators.Yield(s)),
            IfStatementSyntax s => ExpressionVariables(s.Condition).Append(new If(_expressions.Condition(s.Condition), Body(s.Statement), s.Else is { } other ? Body(other.Statement) : null)),
            WhileStatementSyntax s => [_iterations.While(s)],
            DoStatementSyntax s => [_iterations.Do(s)],
            ForStatementSyntax s => [_iterations.For(s)],
            CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } s => [.. _context.Closures.Enter(s.Expression), _iterations.AwaitForEach(s)],
            CommonForEachStatementSyntax s => [.. _context.Closures.Enter(s.Expression), _iterations.ForEach(s)],
            CheckedStatementSyntax s => [BlockOrLeaf(s.Block)],
            SwitchStatementSyntax s => [_switches.Parse(s)],
            TryStatementSyntax s => _tries.Parse(s),
            UsingStatementSyntax s => [Using(s)],
            _ => throw new RefusedException(Refusals.AwaitPosition, statement.Kind().ToString(), statement),
        };
    }

    public Statement Body(StatementSyntax statement) => new Block(Parse(statement).ToEquatableArray());

    /// <summary>A block whose statements are taken apart if it suspends.</summary>
    public Block BlockOrLeaf(BlockSyntax block) => new([.. _context.Closures.Enter(block), .. Inner(block)]);

    private EquatableArray<Statement> Inner(BlockSyntax block) => _context.Suspensions.Contains(block) ? Statements(block.Statements) : [new Leaf(_leaves.Copy(block))];

    /// <summary>Lifted variables that an expression declares come into scope with it.</summary>
    public IEnumerable<Statement> ExpressionVariables(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>()
            .Select(d => _context.LiftedId(_context.Semantics.GetDeclaredSymbol(d))).OfType<int>().Select(id => new Declare(id));

    /// <summary>An assignment to a lifted local needs no operation around its value.</summary>
    private Statement Evaluate(ExpressionSyntax expression)
    {
        if (expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax name } assignment
            && assignment.Right is not RefExpressionSyntax
            && _context.Suspensions.Contains(expression) && _context.LiftedId(_context.Semantics.GetSymbolInfo(name).Symbol) is { } target)
            return new Assign(target, _expressions.Parse(assignment.Right), _context.SpanOf(expression));
        return new Evaluate(_expressions.Parse(expression));
    }

    private IEnumerable<Statement> Leaf(StatementSyntax statement) => ExpressionVariables(statement).Append(new Leaf(_leaves.Copy(statement)));

    /// <summary>Local functions stand at the top of the method, where every part of the body sees them; coroutines become methods beside it.</summary>
    private IEnumerable<Statement> LocalFunction(LocalFunctionStatementSyntax function)
    {
        if (_context.IsCoroutine(function)) CoroutineParser.ParseLocal(function, _context);
        else _context.Preamble.Add(_leaves.Copy(function));
        return [];
    }

    private Statement Throw(ThrowStatementSyntax statement)
    {
        Operand value = new OperandParser(_context, _expressions, _leaves).Operand(statement.Expression!, siblingsArePure: false);
        var template = new Code([Part.Of("throw "), Part.Operand(0)], _context.SpanOf(statement));
        return new Evaluate(new Operation(template, [value]));
    }

    private Statement Using(UsingStatementSyntax statement)
    {
        var body = new EquatableArray<Statement>([Body(statement.Statement)]);
        bool isAwait = statement.AwaitKeyword.RawKind != 0;
        return statement.Declaration is { } declaration ? _declarations.Using(declaration, isAwait, body) : _declarations.Using(statement.Expression!, isAwait, body);
    }
}
