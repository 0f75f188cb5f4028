using System.Globalization;
using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Generator.Parsing;

/// <summary>What the parsers of one body share: symbols in, ids out. Lives only while the body is parsed.</summary>
internal sealed class BodyContext(IMethodSymbol method, Signature signature, SyntaxNode body, SemanticModel semantics, string prefix, IReadOnlyCollection<SyntaxNode> leftAlone)
{
    private readonly Dictionary<ISymbol, int> _lifted = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, string> _constants = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, (int Break, int Continue)> _targets = [];
    private readonly Dictionary<SwitchSectionSyntax, int> _sections = [];
    private readonly Dictionary<LabeledStatementSyntax, int> _labeled = [];
    private readonly Dictionary<CatchClauseSyntax, int> _rethrown = [];
    private readonly Dictionary<SyntaxNode, Part[]> _receivers = [];
    private readonly Dictionary<SyntaxNode, int> _kept = [];
    private ClosureTable? _closures;
    private LocalFunctionTable? _functions;
    private AccessorTable? _accessors;

    public IMethodSymbol Method { get; } = method;
    public Signature Signature { get; } = signature;
    public SyntaxNode Body { get; } = body;
    public SemanticModel Semantics { get; } = semantics;
    public SuspensionMap Suspensions { get; } = SuspensionMap.Of(body, function => IsCoroutine(function, semantics, leftAlone));
    public List<Variable> Variables { get; } = [];
    public List<Code> Preamble { get; } = [];
    public List<string> Labels { get; } = [prefix + "done"];
    public CalleeTable Callees { get; } = new(method);
    public ClosureTable Closures => _closures ??= new(this);
    public LocalFunctionTable Functions => _functions ??= new(this);
    public AccessorTable Accessors => _accessors ??= new(this);

    /// <summary>Local functions that are copied as they are though they are coroutines: the generator refused them.</summary>
    public IReadOnlyCollection<SyntaxNode> LeftAlone { get; } = leftAlone;

    /// <summary>The local functions of this body, and of those inside them, that have frames of their own.</summary>
    public List<ParsedLocal> Locals { get; } = [];

    /// <summary>Begins generated names, and no identifier of the method.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>The label at the end of the body.</summary>
    public const int Done = 0;

    public int Lift(ISymbol symbol, string name, ITypeSymbol type, VariableKind kind, RefKind refers = RefKind.None)
    {
        if (type is not IDynamicTypeSymbol && !TypeText.CanBeKept(type)) throw new RefusedException(Refusals.Variable, symbol.Name, null);
        int id = Variables.Count;
        Variables.Add(new(id, name, TypeText.Describe(type), kind, refers switch { RefKind.None => "", RefKind.Ref => "ref ", _ => "ref readonly " }));
        _lifted.Add(symbol, id);
        return id;
    }

    public int Temporary(VariableType type, string name = "")
    {
        int id = Variables.Count;
        Variables.Add(new(id, $"{Prefix}{(name.Length > 0 ? name : "t")}{id}", type, VariableKind.Temporary));
        return id;
    }

    /// <summary>The name a pattern gives a value before it is copied to the lifted variable.</summary>
    public string PatternName(int variable) => $"{Prefix}p{variable}";

    /// <summary>The parameter by which a local function with a frame of its own gets a closure.</summary>
    public string OuterName(int index) => $"{Prefix}outer{index}";

    /// <summary>A captured parameter becomes a variable of its own; the caller still writes the parameter.</summary>
    public void CaptureParameter(IParameterSymbol parameter)
    {
        int id = _lifted[parameter], captured = Variables.Count;
        Variables.Add(Variables[id] with { Id = captured, Kind = VariableKind.Local });
        _lifted[parameter] = captured;
        Closures.CaptureParameter(id, captured);
    }

    public bool IsCaptured(ISymbol? symbol) => LiftedId(symbol) is { } id && Variables[id].IsCaptured;

    /// <summary>A variable of the body around this one, found in a closure that this one is given.</summary>
    public void LiftOuter(ISymbol symbol, Variable variable)
    {
        _lifted.Add(symbol, variable.Id);
        Variables.Add(variable);
    }

    public void LiftConstant(ILocalSymbol symbol, string name) => _constants.Add(symbol, name);

    public string? ConstantName(ISymbol symbol) => symbol is ILocalSymbol local && _constants.TryGetValue(local, out string? name) ? name : null;

    public IEnumerable<ILocalSymbol> Constants => _constants.Keys;

    public IEnumerable<(ISymbol Symbol, Variable Variable)> Captured => _lifted.Select(pair => (pair.Key, Variables[pair.Value])).Where(pair => pair.Item2.IsCaptured);

    public int? LiftedId(ISymbol? symbol) => symbol is not null && _lifted.TryGetValue(symbol, out int id) ? id : null;

    public int NewLabel(string name)
    {
        Labels.Add($"{Prefix}{name}{Labels.Count}");
        return Labels.Count - 1;
    }

    public void SetTargets(SyntaxNode statement, int @break, int @continue) => _targets[statement] = (@break, @continue);

    /// <summary>The label a break or continue jumps to, if its statement is taken apart.</summary>
    public int? TargetOf(StatementSyntax jump)
    {
        bool isContinue = jump is ContinueStatementSyntax;
        for (SyntaxNode? at = jump.Parent; at is not null && at != Body.Parent && !IsFunction(at); at = at.Parent)
        {
            bool stops = at is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
                || (at is SwitchStatementSyntax && !isContinue);
            if (!stops) continue;
            return _targets.TryGetValue(at, out var labels) ? isContinue ? labels.Continue : labels.Break : null;
        }
        return null;
    }

    /// <summary>The label of a labeled statement that is not inside a leaf.</summary>
    public int? LabelOf(LabeledStatementSyntax statement)
    {
        if (Suspensions.LeafOf(statement) is { } leaf && leaf != statement) return null;
        if (!_labeled.TryGetValue(statement, out int label)) _labeled.Add(statement, label = NewLabel("label_" + statement.Identifier.ValueText));
        return label;
    }

    /// <summary>The variable that keeps what a suspending catch clause caught, for the <c>throw;</c> inside; made by the first of them.</summary>
    public int Rethrown(CatchClauseSyntax clause)
    {
        if (!_rethrown.TryGetValue(clause, out int id)) _rethrown.Add(clause, id = Temporary(VariableType.Exception, "rethrown"));
        return id;
    }

    public int? RethrownBy(CatchClauseSyntax clause) => _rethrown.TryGetValue(clause, out int id) ? id : null;

    /// <summary>Makes the variable that keeps what stands before the <c>?</c> of <c>?.b</c>.</summary>
    /// <param name="place">The variable that is meant should the type be a value type; null where it cannot be one, or there is none.</param>
    public int Receive(SyntaxNode binding, ITypeSymbol type, Code? place, bool isReadOnly = false)
    {
        int id = Temporary(TypeText.Describe(type), "receiver");
        bool isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        string by = isReadOnly ? "" : "ref ";
        _receivers[binding] = place is not null ? [Part.Of($"(default({TypeText.Of(type)}) is null ? {by}"), Part.Variable(id), Part.Of($" : {by}"), .. place.Parts, Part.Of(")")] : isNullable ? [Part.Variable(id), Part.Of(".GetValueOrDefault()")] : [Part.Variable(id)];
        return id;
    }

    /// <summary>Makes the variable of an operand that is mentioned twice.</summary>
    public int Keep(ExpressionSyntax operand)
    {
        if (!_kept.TryGetValue(operand, out int id)) _kept.Add(operand, id = Temporary(ConvertedTypeOf(operand), "kept"));
        return id;
    }

    public int? KeptAs(ExpressionSyntax operand) => _kept.TryGetValue(operand, out int id) ? id : null;

    /// <summary>What to write before <c>.b</c> or <c>[b]</c> if its <c>?</c> is taken apart.</summary>
    public Part[]? ReceiverOf(SyntaxNode binding) => _receivers.TryGetValue(binding, out Part[]? parts) ? parts : null;

    public void SetSectionLabel(SwitchSectionSyntax section, int label) => _sections[section] = label;

    /// <summary>The label of the section that <c>goto case</c> or <c>goto default</c> names, if its switch is taken apart.</summary>
    public int? SectionOf(GotoStatementSyntax jump)
    {
        if (jump.FirstAncestorOrSelf<SwitchStatementSyntax>() is not { } node || !Suspensions.Contains(node)) return null;
        object? value = jump.Expression is { } expression ? Semantics.GetConstantValue(expression).Value : null;
        foreach (SwitchSectionSyntax section in node.Sections)
            if (section.Labels.Any(label => IsNamed(label, jump, value))) return _sections[section];
        return null;
    }

    private bool IsNamed(SwitchLabelSyntax label, GotoStatementSyntax jump, object? value) => label switch
    {
        DefaultSwitchLabelSyntax => jump.IsKind(SyntaxKind.GotoDefaultStatement),
        CaseSwitchLabelSyntax constant => jump.IsKind(SyntaxKind.GotoCaseStatement)
            && Semantics.GetConstantValue(constant.Value) is { HasValue: true } known
            // A case and a goto may write one value in different types: 1 and 1L, or a name of an enumeration.
            && (Equals(known.Value, value) || (known.Value is not string && value is not (null or string) && Convert.ToString(known.Value, CultureInfo.InvariantCulture) == Convert.ToString(value, CultureInfo.InvariantCulture))),
        _ => false,
    };

    /// <summary>Whether a local function gets a frame of its own.</summary>
    public bool IsCoroutine(LocalFunctionStatementSyntax function) => IsCoroutine(function, Semantics, LeftAlone);

    private static bool IsCoroutine(LocalFunctionStatementSyntax function, SemanticModel semantics, IReadOnlyCollection<SyntaxNode> leftAlone) =>
        function.AttributeLists.Count > 0 && !leftAlone.Contains(function) && semantics.GetDeclaredSymbol(function) is IMethodSymbol symbol && SignatureParser.IsCoroutine(symbol);

    /// <summary>The coroutine's index among the callees if the call goes, statically, to one that is or may be generated; else -1.</summary>
    public int CalleeOf(IMethodSymbol method, bool throughBase = false) =>
        method.MethodKind != MethodKind.LocalFunction ? Callees.IndexOf(method, throughBase)
        : Functions.CoroutineOf(method) is { } local ? Callees.IndexOf(local) : -1;

    public static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;

    public SourceSpan? SpanOf(SyntaxNode node) => SpanOf(node.SyntaxTree, node.Span);

    /// <summary>From a token to the end of a node, or of the token if there is no node.</summary>
    public SourceSpan? SpanOf(SyntaxToken from, SyntaxNode? to) => SpanOf(from.SyntaxTree!, TextSpan.FromBounds(from.SpanStart, (to?.Span ?? from.Span).End));

    private static SourceSpan? SpanOf(SyntaxTree tree, TextSpan text)
    {
        FileLinePositionSpan span = tree.GetLineSpan(text);
        if (span.Path.Length == 0) return null;
        return new(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, span.EndLinePosition.Line + 1, Math.Max(span.EndLinePosition.Character, 1) + 1);
    }

    /// <summary>The type of an expression before what uses it converts it; the converted one where it has none of its own.</summary>
    public VariableType OwnTypeOf(ExpressionSyntax expression) =>
        Semantics.GetTypeInfo(expression).Type is { SpecialType: not SpecialType.System_Void } own && own is not IErrorTypeSymbol && TypeText.CanBeKept(own) ? TypeText.Describe(own) : ConvertedTypeOf(expression);

    public bool IsConverted(ExpressionSyntax expression) =>
        Semantics.GetTypeInfo(expression) is { Type: { } own, ConvertedType: { } converted } && !SymbolEqualityComparer.Default.Equals(own, converted);

    public VariableType ConvertedTypeOf(ExpressionSyntax expression)
    {
        TypeInfo info = Semantics.GetTypeInfo(expression);
        ITypeSymbol? type = info.ConvertedType ?? info.Type;
        if (type is null || !TypeText.CanBeKept(type)) throw new RefusedException(Refusals.EvaluationOrder, expression.ToString(), expression);
        return TypeText.Describe(type);
    }
}
