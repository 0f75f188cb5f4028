using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Walks verbatim text and notes what must change. Edits at one position keep the order in which they were noted.</summary>
internal sealed class LeafEdits(BodyContext context, IReadOnlyDictionary<SyntaxNode, int>? holes)
{
    private readonly CallEdits _calls = new(context);
    private readonly OverflowEdits _overflow = new(context);
    private int _functions;
    private int _unsafe;

    public List<LeafEdit> Edits { get; } = [];

    public bool DeclaresNames { get; private set; }

    /// <summary>The context of overflow that the text needs around it as a statement; else empty.</summary>
    public string Overflow => _overflow.Block;

    public void Begin(SyntaxNode root) => _overflow.Begin(root);

    public void Visit(SyntaxNode node)
    {
        if (holes is not null && holes.TryGetValue(node, out int operand))
        {
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

    private void Edit(SyntaxNode node)
    {
        switch (node)
        {
            case IdentifierNameSyntax name when !VariableScan.IsLabelOfArgument(name): Mention(name); break;
            case GenericNameSyntax name: Function(name); Children(name); break;
            case InvocationExpressionSyntax call when _calls.NameOf(call) is { } literal: Replace(call, Part.Of(literal)); break;
            case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax: Children(node); Edits.AddRange(_calls.Around((ExpressionSyntax)node)); break;
            case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax when context.ReceiverOf(node) is { } receiver: Insert(node.SpanStart, receiver); Children(node); break;
            case ReturnStatementSyntax statement when _functions == 0: ReturnFrom(statement); break;
            case ThrowStatementSyntax { Expression: null } statement when _functions == 0: Rethrow(statement); break;
            case BreakStatementSyntax or ContinueStatementSyntax when _functions == 0: JumpOut((StatementSyntax)node); break;
            case GotoStatementSyntax jump when _functions == 0: JumpTo(jump); break;
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax block } resource: UsingDeclaration(resource, block); break;
            case DeclarationExpressionSyntax declaration: Declaration(declaration.Designation, declaration); break;
            case IsPatternExpressionSyntax test: Test(test); break;
            case SingleVariableDesignationSyntax designation: Designation(designation); break;
            case AnonymousObjectMemberDeclaratorSyntax { NameEquals: null, Expression: IdentifierNameSyntax name }: Named(name, " = "); break;
            case ArgumentSyntax { NameColon: null, Expression: IdentifierNameSyntax name, Parent: TupleExpressionSyntax tuple }: TupleElement(name, tuple); break;
            case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax: NestedFunction(node); break;
            case QueryExpressionSyntax query: Query(query); break;
            case UnsafeStatementSyntax: UnsafeBlock(node); break;
            case FixedStatementSyntax or PointerTypeSyntax or FunctionPointerTypeSyntax when _unsafe == 0: throw new RefusedException(Refusals.UnsafeCode, node.ToString(), node);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } address when _unsafe == 0 || IsInVariable(address.Operand): throw new RefusedException(Refusals.UnsafeCode, node.ToString(), node);
            case YieldStatementSyntax { Expression: null } when _functions == 0: Replace(node, Part.Jump(BodyContext.Done)); break;
            default: Children(node); break;
        }
    }

    private void Children(SyntaxNode node)
    {
        foreach (SyntaxNode child in node.ChildNodes()) Visit(child);
    }

    private void Replace(SyntaxNode node, params Part[] parts) => Edits.Add(new(node.SpanStart, node.Span.End, parts));

    private void Insert(int position, params Part[] parts) => Edits.Add(new(position, position, parts));

    private int? LiftedId(ISymbol? symbol, SyntaxNode where)
    {
        if (context.LiftedId(symbol) is not { } id) return null;
        if (_functions > 0 && !context.Variables[id].IsCaptured) throw new RefusedException(Refusals.Closure, symbol!.Name, where);
        return id;
    }

    private void Mention(IdentifierNameSyntax name)
    {
        ISymbol? symbol = context.Semantics.GetSymbolInfo(name).Symbol;
        if (symbol is INamedTypeSymbol { IsFileLocal: true }) throw new RefusedException(Refusals.FileLocalType, symbol.Name, name);
        if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction }) Function(name);
        else if (symbol is ILocalSymbol && context.ConstantName(symbol) is { } constant) Replace(name, Part.Of(constant));
        else if (symbol is ILocalSymbol or IParameterSymbol && LiftedId(symbol, name) is { } id)
            Replace(name, _functions > 0 ? Captured(id) : [IsWholeAssignment(name) ? Part.Definition(id) : Part.Variable(id)]);
    }

    private Part[] Captured(int id) => [Part.Closure(context.Variables[id].Closure), Part.Of("." + context.Variables[id].Name)];

    /// <summary>A local function that stands elsewhere: called with its closures, or made a delegate that brings them.</summary>
    private void Function(SimpleNameSyntax name)
    {
        if (context.Semantics.GetSymbolInfo(name).Symbol is not IMethodSymbol { MethodKind: MethodKind.LocalFunction } function || context.Functions.NameOf(function) is not { } unique) return;
        ArgumentListSyntax? called = name.Parent is InvocationExpressionSyntax call && call.Expression == name ? call.ArgumentList : null;
        if (called is not null || context.Functions.ClosuresOf(function).Count == 0)
        {
            Edits.Add(new(name.Identifier.SpanStart, name.Identifier.Span.End, [Part.Of(unique)]));
            if (called is not null) Insert(called.OpenParenToken.Span.End, [.. context.Functions.Arguments(function, _functions > 0, called.Arguments.Count > 0)]);
            return;
        }
        if (context.Semantics.GetTypeInfo(name).ConvertedType is not INamedTypeSymbol { DelegateInvokeMethod: { ReturnsByRef: false, ReturnsByRefReadonly: false } } type || !TypeText.CanBeNamed(type)
            || !function.TypeArguments.All(TypeText.CanBeNamed)) throw new RefusedException(Refusals.Closure, name.ToString(), name);
        string arguments = function.TypeArguments.IsEmpty ? "" : "<" + string.Join(", ", function.TypeArguments.Select(TypeText.Of)) + ">";
        Replace(name, [.. context.Functions.Delegate(function, arguments, type, _functions > 0)]);
    }

    /// <summary><c>x = …;</c> as the whole leaf: the old value of x is dead before it.</summary>
    private bool IsWholeAssignment(IdentifierNameSyntax name) =>
        name.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement } assignment
        && assignment.Left == name && context.Suspensions.LeafOf(statement) == statement
        && (assignment.Right is RefExpressionSyntax || context.Semantics.GetSymbolInfo(name).Symbol is not ILocalSymbol { RefKind: not RefKind.None });

    private void UnsafeBlock(SyntaxNode node)
    {
        _unsafe++;
        Children(node);
        _unsafe--;
    }

    /// <summary>A lifted variable may be a field of the frame, which moves.</summary>
    private bool IsInVariable(ExpressionSyntax place) => place switch
    {
        IdentifierNameSyntax name => context.LiftedId(context.Semantics.GetSymbolInfo(name).Symbol) is not null,
        MemberAccessExpressionSyntax access => context.Semantics.GetTypeInfo(access.Expression).Type is { IsValueType: true } && IsInVariable(access.Expression),
        _ => false,
    };

    private void Named(IdentifierNameSyntax name, string separator)
    {
        if (context.LiftedId(context.Semantics.GetSymbolInfo(name).Symbol) is not null) Insert(name.SpanStart, Part.Of(name.Identifier.Text + separator));
        Visit(name);
    }

    /// <summary>The inferred name of a tuple element, unless inference would have given up.</summary>
    private void TupleElement(IdentifierNameSyntax name, TupleExpressionSyntax tuple)
    {
        string text = name.Identifier.ValueText;
        bool isTarget = tuple.Parent is AssignmentExpressionSyntax assignment && assignment.Left == tuple;
        bool isInferred = !isTarget && !text.StartsWith("Item", StringComparison.Ordinal) && text is not ("Rest" or "ToString" or "CompareTo" or "Deconstruct" or "Equals" or "GetHashCode")
            && tuple.Arguments.Count(a => a.Expression is IdentifierNameSyntax other && other.Identifier.ValueText == text || a.NameColon?.Name.Identifier.ValueText == text) == 1;
        if (isInferred) Named(name, ": ");
        else Visit(name);
    }

    private void ReturnFrom(ReturnStatementSyntax statement)
    {
        if (statement.Expression is not { } value)
        {
            Replace(statement, Part.Jump(BodyContext.Done));
            return;
        }
        Edits.Add(new(statement.SpanStart, value.SpanStart, [Part.Of("{ "), new(PartKind.Result, ""), Part.Of(" = ")]));
        Visit(value);
        Edits.Add(new(value.Span.End, statement.Span.End, [Part.Of("; "), Part.Jump(BodyContext.Done), Part.Of(" }")]));
    }

    /// <summary>
    /// <c>using var r = …; rest</c> becomes <c>using (var r = …) { rest }</c>: a jump out of the block may stand before it, and the language lets no
    /// goto pass a using declaration, not even on its way out.
    /// </summary>
    private void UsingDeclaration(LocalDeclarationStatementSyntax resource, BlockSyntax block)
    {
        Edits.Add(new(resource.UsingKeyword.SpanStart, resource.UsingKeyword.Span.End, [Part.Of("using (")]));
        Children(resource);
        Edits.Add(new(resource.SemicolonToken.SpanStart, resource.SemicolonToken.Span.End, [Part.Of(") {")]));
        Insert(block.CloseBraceToken.SpanStart, Part.Of("} "));
    }

    /// <summary>Behind the try the exception is no longer in flight, but must keep its stack trace.</summary>
    private void Rethrow(ThrowStatementSyntax statement)
    {
        if (statement.FirstAncestorOrSelf<CatchClauseSyntax>() is not { } clause || !context.Suspensions.Contains(clause)) return;
        Replace(statement, Part.Of("{ global::System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw("), Part.Variable(context.Rethrown(clause)), Part.Of("); throw null!; }"));
    }

    private void JumpOut(StatementSyntax jump)
    {
        if (context.TargetOf(jump) is { } label) Replace(jump, Part.Jump(label));
    }

    private void JumpTo(GotoStatementSyntax jump)
    {
        if (!jump.IsKind(SyntaxKind.GotoStatement) && context.SectionOf(jump) is { } section)
        {
            Replace(jump, Part.Jump(section));
            return;
        }
        if (jump.IsKind(SyntaxKind.GotoStatement) && jump.Expression is IdentifierNameSyntax name
            && context.Semantics.GetSymbolInfo(name).Symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is LabeledStatementSyntax target
            && context.LabelOf(target) is { } label)
        {
            Replace(jump, Part.Jump(label));
            return;
        }
        Children(jump);
    }

    private void Declaration(VariableDesignationSyntax designation, DeclarationExpressionSyntax declaration)
    {
        switch (designation)
        {
            case SingleVariableDesignationSyntax single when LiftedId(context.Semantics.GetDeclaredSymbol(single), single) is { } id:
                Replace(declaration, Part.Variable(id));
                break;
            case ParenthesizedVariableDesignationSyntax list when Designations(list).Any(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d)) is not null):
                Edits.Add(new(declaration.SpanStart, declaration.Span.End, [.. Deconstruction(list)]));
                DeclaresNames = true;
                break;
            default:
                DeclaresNames |= _functions == 0;
                Children(declaration);
                break;
        }
    }

    private IEnumerable<Part> Deconstruction(VariableDesignationSyntax designation)
    {
        switch (designation)
        {
            case ParenthesizedVariableDesignationSyntax list:
                for (int i = 0; i < list.Variables.Count; i++)
                {
                    yield return Part.Of(i == 0 ? "(" : ", ");
                    foreach (Part part in Deconstruction(list.Variables[i])) yield return part;
                }
                yield return Part.Of(")");
                break;
            case SingleVariableDesignationSyntax single when LiftedId(context.Semantics.GetDeclaredSymbol(single), single) is { } id:
                yield return Part.Variable(id);
                break;
            case SingleVariableDesignationSyntax single:
                yield return Part.Of("var " + single.Identifier.Text);
                break;
            default:
                yield return Part.Of("_");
                break;
        }
    }

    private static IEnumerable<SingleVariableDesignationSyntax> Designations(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>();

    /// <summary>A lifted pattern variable becomes a name of its own, copied where the test succeeded: <c>(e is T x__p &amp;&amp; (x = x__p) is var _)</c>.</summary>
    private void Test(IsPatternExpressionSyntax test)
    {
        var lifted = Designations(test.Pattern).Where(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d)) is not null).ToList();
        if (lifted.Count == 0)
        {
            Children(test);
            return;
        }
        bool isNegated = test.Pattern is UnaryPatternSyntax;
        Insert(test.SpanStart, Part.Of(isNegated ? "(!(" : "("));
        Visit(test.Expression);
        if (test.Pattern is UnaryPatternSyntax negated)
        {
            Edits.Add(new(negated.OperatorToken.SpanStart, negated.OperatorToken.Span.End, []));
            Visit(negated.Pattern);
        }
        else
        {
            Visit(test.Pattern);
        }
        foreach (SingleVariableDesignationSyntax designation in lifted)
        {
            int id = LiftedId(context.Semantics.GetDeclaredSymbol(designation), designation)!.Value;
            Insert(test.Span.End, Part.Of(" && ("), Part.Variable(id), Part.Of($" = {context.PatternName(id)}) is var _"));
        }
        Insert(test.Span.End, Part.Of(isNegated ? "))" : ")"));
    }

    private void Designation(SingleVariableDesignationSyntax designation)
    {
        DeclaresNames |= _functions == 0;
        if (LiftedId(context.Semantics.GetDeclaredSymbol(designation), designation) is not { } id) return;
        // Whoever takes these apart copies their variables.
        bool isCopied = designation.FirstAncestorOrSelf<SyntaxNode>(n => n is IsPatternExpressionSyntax or SwitchExpressionArmSyntax or CasePatternSwitchLabelSyntax) switch
        {
            SwitchExpressionArmSyntax arm => context.Suspensions.IsTakenApart(arm),
            SyntaxNode pattern => true,
            null => false,
        };
        if (!isCopied) throw new RefusedException(Refusals.Variable, designation.Identifier.Text, designation);
        Replace(designation, Part.Of(context.PatternName(id)));
    }

    private void NestedFunction(SyntaxNode node)
    {
        if (node is LocalFunctionStatementSyntax lifted && context.Semantics.GetDeclaredSymbol(lifted) is IMethodSymbol declared && context.Functions.NameOf(declared) is { } unique)
        {
            Edits.Add(new(lifted.Identifier.SpanStart, lifted.Identifier.Span.End, [Part.Of(unique)]));
            Insert(lifted.ParameterList.OpenParenToken.Span.End, [.. context.Functions.Parameters(declared, lifted.ParameterList.Parameters.Count > 0)]);
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
