using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Generator.Parsing;

/// <summary>Walks verbatim text and notes what must change. Edits at one position keep the order in which they were noted.</summary>
internal sealed class LeafEdits
{
    private readonly CallEdits _calls;
    private readonly OverflowEdits _overflow;
    private readonly NameEdits _names;
    private readonly JumpEdits _jumps;
    private readonly DesignationEdits _designations;
    private readonly BodyContext _context;
    private readonly IReadOnlyDictionary<SyntaxNode, int>? _holes;
    private int _functions;
    private int _unsafe;

    public LeafEdits(BodyContext context, IReadOnlyDictionary<SyntaxNode, int>? holes)
    {
        (_context, _holes) = (context, holes);
        _calls = new(context);
        _overflow = new(context.Semantics);
        _names = new(context, this);
        _jumps = new(context, this);
        _designations = new(context, this);
    }

    public List<LeafEdit> Edits { get; } = [];

    /// <summary>The text declares expression variables of its own.</summary>
    public bool DeclaresNames { get; set; }

    /// <summary>Whether the walk is inside a nested function, which sees variables only through closures.</summary>
    public bool IsInFunction => _functions > 0;

    /// <summary>The context of overflow that the text needs around it as a statement; else empty.</summary>
    public string Overflow => _overflow.Block;

    public void Begin(SyntaxNode root) => _overflow.Begin(root);

    public void Visit(SyntaxNode node)
    {
        if (_holes is not null && _holes.TryGetValue(node, out int operand))
        {
            if (IsHandlerByReference(node)) Insert(node.SpanStart, Part.Of("ref "));
            Replace(node, Part.Operand(operand));
            return;
        }
        if (_overflow.Enter(node) is { } around)
        {
            if (around.Open.Length > 0) Insert(node.SpanStart, Part.Of(around.Open));
            Edit(node);
            _overflow.Leave(around);
            if (around.Close.Length > 0) Insert(node.Span.End, Part.Of(around.Close));
            return;
        }
        Edit(node);
    }

    /// <summary>An interpolated string whose handler the call takes by reference, which no string could be passed by.</summary>
    private bool IsHandlerByReference(SyntaxNode node) =>
        node is InterpolatedStringExpressionSyntax { Parent: ArgumentSyntax argument } text && HandlerParser.CreationOf(text, _context) is not null
        && _context.Semantics.GetOperation(argument) is IArgumentOperation { Parameter.RefKind: RefKind.Ref };

    private void Edit(SyntaxNode node)
    {
        switch (node)
        {
            case IdentifierNameSyntax name when !VariableScan.IsLabelOfArgument(name): _names.Mention(name); break;
            case GenericNameSyntax name: _names.Generic(name); break;
            case InvocationExpressionSyntax call when _calls.NameOf(call) is { } literal: Replace(call, Part.Of(literal)); break;
            case InvocationExpressionSyntax call when _functions == 0 && StreamReads.Of(call, _context.Semantics) is { } read: ReadStream(call, read); break;
            case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax: Children(node); Edits.AddRange(_calls.Around((ExpressionSyntax)node)); break;
            // An initializer that is taken apart copies the arguments alone.
            case ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax creation }: Children(node); Edits.AddRange(_calls.CallerInformationOf(creation, _context.Semantics.GetSymbolInfo(creation).Symbol)); break;
            case ElementAccessExpressionSyntax element: Children(node); Edits.AddRange(_calls.CallerInformationOf(element, _context.Semantics.GetSymbolInfo(element).Symbol)); break;
            case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax when _context.ReceiverOf(node) is { } receiver: Insert(node.SpanStart, receiver); Children(node); break;
            case ReturnStatementSyntax statement when _functions == 0: _jumps.ReturnFrom(statement); break;
            case ThrowStatementSyntax { Expression: null } statement when _functions == 0: _jumps.Rethrow(statement); break;
            case BreakStatementSyntax or ContinueStatementSyntax when _functions == 0: _jumps.JumpOut((StatementSyntax)node); break;
            case GotoStatementSyntax jump when _functions == 0: _jumps.JumpTo(jump); break;
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax block } resource: _jumps.UsingDeclaration(resource, block); break;
            case DeclarationExpressionSyntax declaration: _designations.Declaration(declaration.Designation, declaration); break;
            case IsPatternExpressionSyntax test: _designations.Test(test); break;
            case SingleVariableDesignationSyntax designation: _designations.Designation(designation); break;
            case AnonymousObjectMemberDeclaratorSyntax { NameEquals: null, Expression: IdentifierNameSyntax name }: _names.Named(name, " = "); break;
            case ArgumentSyntax { NameColon: null, Expression: IdentifierNameSyntax name, Parent: TupleExpressionSyntax tuple }: _names.TupleElement(name, tuple); break;
            case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax: NestedFunction(node); break;
            case QueryExpressionSyntax query: Query(query); break;
            case UnsafeStatementSyntax: UnsafeBlock(node); break;
            case FixedStatementSyntax or PointerTypeSyntax or FunctionPointerTypeSyntax when _unsafe == 0: throw new RefusedException(Refusals.UnsafeCode, node.ToString(), node);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address when _unsafe == 0 || IsInVariable(address.Operand): throw new RefusedException(Refusals.UnsafeCode, node.ToString(), node);
            case YieldStatementSyntax { Expression: null } when _functions == 0: Replace(node, Part.Jump(BodyContext.Done)); break;
            default: Children(node); break;
        }
    }

    public void Children(SyntaxNode node)
    {
        foreach (SyntaxNode child in node.ChildNodes()) Visit(child);
    }

    public void Replace(int start, int end, params Part[] parts) => Edits.Add(new(start, end, parts));

    public void Replace(SyntaxNode node, params Part[] parts) => Replace(node.SpanStart, node.Span.End, parts);

    public void Insert(int position, params Part[] parts) => Replace(position, position, parts);

    public int? LiftedId(ISymbol? symbol, SyntaxNode where)
    {
        if (_context.LiftedId(symbol) is not { } id) return null;
        if (_functions > 0 && !_context.Variables[id].IsCaptured) throw new RefusedException(Refusals.Closure, symbol!.Name, where);
        return id;
    }

    private void ReadStream(InvocationExpressionSyntax call, (ExpressionSyntax Stream, string Open) read)
    {
        Insert(call.SpanStart, Part.Of(read.Open));
        Visit(read.Stream);
        Replace(read.Stream.Span.End, call.Span.End, Part.Of(")"));
    }

    private void UnsafeBlock(SyntaxNode node)
    {
        _unsafe++;
        Children(node);
        _unsafe--;
    }

    /// <summary>A lifted variable may be a field of the frame, which moves.</summary>
    private bool IsInVariable(ExpressionSyntax place) => place switch
    {
        IdentifierNameSyntax name => _context.LiftedId(_context.Semantics.GetSymbolInfo(name).Symbol) is not null,
        MemberAccessExpressionSyntax access => _context.Semantics.GetTypeInfo(access.Expression).Type is { IsValueType: true } && IsInVariable(access.Expression),
        _ => false,
    };

    private void NestedFunction(SyntaxNode node)
    {
        if (node is LocalFunctionStatementSyntax lifted && _context.Semantics.GetDeclaredSymbol(lifted) is IMethodSymbol declared && _context.Functions.NameOf(declared) is { } unique)
        {
            Replace(lifted.Identifier.SpanStart, lifted.Identifier.Span.End, Part.Of(unique));
            Insert(lifted.ParameterList.OpenParenToken.Span.End, [.. _context.Functions.Parameters(declared, lifted.ParameterList.Parameters.Count > 0)]);
        }
        _functions++;
        Children(node);
        _functions--;
    }

    /// <summary>All of a query but its first source becomes lambdas.</summary>
    private void Query(QueryExpressionSyntax query)
    {
        Visit(query.FromClause.Expression);
        _functions++;
        Visit(query.Body);
        _functions--;
    }
}
