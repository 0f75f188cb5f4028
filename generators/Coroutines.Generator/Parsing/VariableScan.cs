using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Finds the locals that more than one leaf mentions and lifts them out of the text: parameters always, locals declared at a
/// level that is taken apart, and expression variables mentioned outside the leaf that declares them.
/// Gives every lifted variable a name that no other name of the body can be mistaken for.
/// </summary>
internal static class VariableScan
{
    public static void Run(BodyContext context)
    {
        SyntaxNode body = context.Body;
        var meanings = new Dictionary<string, HashSet<ISymbol>>();
        var references = new Dictionary<ISymbol, List<SyntaxNode>>(SymbolEqualityComparer.Default);
        var declarations = new List<(ISymbol Symbol, SyntaxNode Node)>();
        var captured = new HashSet<ISymbol>(SymbolEqualityComparer.Default);

        foreach (SyntaxNode node in body.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax name && !IsLabelOfArgument(name))
            {
                if (context.Semantics.MentionOf(name) is not { } symbol) continue;
                Mean(name.Identifier.ValueText, symbol);
                if (symbol is ILocalSymbol or IParameterSymbol)
                {
                    if (!references.TryGetValue(symbol, out var list)) references.Add(symbol, list = []);
                    list.Add(name);
                    if (IsInNestedFunction(name, body)) captured.Add(symbol);
                }
            }
            else if (Declared(context.Semantics, node) is { } declared)
            {
                Mean(declared.Name, declared);
                if (declared is ILocalSymbol or IMethodSymbol) declarations.Add((declared, node));
            }
        }

        foreach (IParameterSymbol parameter in context.Method.Parameters)
            context.Lift(parameter, SignatureParser.FieldOf(parameter), parameter.Type, VariableKind.Parameter);

        var identifiers = GeneratedNames.IdentifiersIn(body);
        var used = new HashSet<string>(context.Variables.Select(v => v.Name));
        foreach (var (symbol, node) in declarations)
        {
            if (IsInNestedFunction(node, body)) continue;
            if (symbol is IMethodSymbol function)
            {
                if (context.Suspensions.LeafOf(node) == node) context.Functions.Lift(function, UniqueName(symbol.Name), (LocalFunctionStatementSyntax)node);
                continue;
            }
            if (!IsLifted(symbol, node)) continue;
            var local = (ILocalSymbol)symbol;
            string unique = UniqueName(symbol.Name);
            if (local.IsConst) context.LiftConstant(local, unique);
            else
            {
                int id = context.Lift(local, unique, local.Type, VariableKind.Local, local.RefKind);
                if (captured.Contains(local)) context.Closures.Capture(id, ScopeMap.ScopeOf(local, node, context));
            }
        }
        foreach (IParameterSymbol parameter in context.Method.Parameters)
            if (captured.Contains(parameter)) context.CaptureParameter(parameter);

        bool IsLifted(ISymbol symbol, SyntaxNode declaration)
        {
            SyntaxNode? leaf = context.Suspensions.LeafOf(declaration);
            if (leaf is null || (leaf is LocalDeclarationStatementSyntax && IsDeclaratorOf(declaration, leaf))) return true;
            // A declarator beside one that suspends, or the declaration of a loop or using that is taken apart.
            if (declaration is VariableDeclaratorSyntax && (leaf == declaration || leaf == declaration.Parent)) return true;
            return references.TryGetValue(symbol, out var list) && list.Any(r => !leaf.Span.Contains(r.Span));
        }

        void Mean(string name, ISymbol symbol)
        {
            if (!meanings.TryGetValue(name, out var set)) meanings.Add(name, set = new(SymbolEqualityComparer.Default));
            set.Add(symbol);
        }

        string UniqueName(string name)
        {
            string candidate = GeneratedNames.FieldOf(name);
            if (meanings[name].Count == 1 && (candidate == SignatureParser.Escape(name) || !identifiers.Contains(candidate)) && used.Add(candidate)) return candidate;
            for (int i = 2; ; i++)
                if (!identifiers.Contains($"{name}__{i}") && used.Add($"{name}__{i}")) return $"{name}__{i}";
        }
    }

    /// <summary>Names of arguments and members look like mentions of variables and are none.</summary>
    public static bool IsLabelOfArgument(IdentifierNameSyntax name) => name.Parent is NameColonSyntax or NameEqualsSyntax;

    private static bool IsDeclaratorOf(SyntaxNode declaration, SyntaxNode? statement) =>
        declaration is VariableDeclaratorSyntax && declaration.Parent?.Parent == statement;

    private static bool IsInNestedFunction(SyntaxNode node, SyntaxNode body)
    {
        // All of a query but its first source becomes lambdas.
        for (SyntaxNode? at = node.Parent; at is not null && at != body.Parent; at = at.Parent)
            if (BodyContext.IsFunction(at) || at is QueryBodySyntax) return true;
        return false;
    }

    private static ISymbol? Declared(SemanticModel semantics, SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax or CatchDeclarationSyntax
            or ParameterSyntax or LocalFunctionStatementSyntax or FromClauseSyntax or LetClauseSyntax => semantics.GetDeclaredSymbol(node),
        _ => null,
    };
}
