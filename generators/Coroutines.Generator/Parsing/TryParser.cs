using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Try statements that contain a suspension, in the body or in a handler.</summary>
internal sealed class TryParser(BodyContext context, LeafParser leaves, StatementParser statements)
{
    public IEnumerable<Statement> Parse(TryStatementSyntax statement)
    {
        bool catches = statement.Catches.Any(c => c.Declaration is null || CouldMatchCancellation(context.Semantics.GetTypeInfo(c.Declaration.Type).Type));
        bool filters = statement.Catches.Any(c => c.Filter is not null);
        EquatableArray<Statement> body = statements.BlockOrLeaf(statement.Block).Body;
        bool endSuspends = statement.Finally is { } end && context.Suspensions.Contains(end);
        Code? last = statement.Finally is { } verbatim && !endSuspends ? leaves.Copy(verbatim.Block) : null;
        if (!endSuspends && !statement.Catches.Any(context.Suspensions.Contains))
            return [new Try(body, statement.Catches.Select(c => leaves.Copy(c)).ToEquatableArray(), last, catches, filters)];

        var declared = statement.Catches.Where(context.Suspensions.Contains).SelectMany(Declared);
        var clauses = statement.Catches.Select(c => context.Suspensions.Contains(c) ? Suspending(c) : new(leaves.Copy(c), null)).ToEquatableArray();
        return [.. declared, new HandledTry(body, clauses, last, endSuspends ? statements.BlockOrLeaf(statement.Finally!.Block) : null, catches, filters)];
    }

    private IEnumerable<Statement> Declared(CatchClauseSyntax clause)
    {
        foreach (Statement enter in context.Closures.Enter(clause)) yield return enter;
        if (Variable(clause) is { } id) yield return new Declare(id);
        if (clause.Filter is null) yield break;
        foreach (Statement declare in statements.ExpressionVariables(clause.Filter)) yield return declare;
    }

    private int? Variable(CatchClauseSyntax clause) =>
        clause.Declaration is { } declaration ? context.LiftedId(context.Semantics.GetDeclaredSymbol(declaration)) : null;

    /// <summary>The clause's variable is given its value before the filter, which may read it; the body comes first, for it tells whether the exception is thrown again.</summary>
    private CatchClause Suspending(CatchClauseSyntax clause)
    {
        Block body = statements.BlockOrLeaf(clause.Block);
        string name = context.Prefix + "caught";
        Code header = Code.Of("catch (") + (clause.Declaration is { } declaration ? leaves.Copy(declaration.Type) : "global::System.Exception") + $" {name})";
        Code capture = "";
        if (Variable(clause) is { } id)
        {
            if (clause.Filter is null) capture += new Code([Part.Definition(id), Part.Of($" = {name}; ")]);
            else header += new Code([Part.Of(" when (("), Part.Definition(id), Part.Of($" = {name}) is var _ && (")]);
        }
        else if (clause.Filter is not null)
        {
            header += " when ((";
        }
        if (clause.Filter is { } filter) header += leaves.Copy(filter.FilterExpression) + "))";
        if (context.RethrownBy(clause) is { } rethrown) capture += new Code([Part.Definition(rethrown), Part.Of($" = {name}; ")]);
        return new((header + " { " + capture).At(context.SpanOf(clause.CatchKeyword, (SyntaxNode?)clause.Filter ?? clause.Declaration)), body);
    }

    private static bool CouldMatchCancellation(ITypeSymbol? type) =>
        type is null or ITypeParameterSymbol or IErrorTypeSymbol
        || type.ToDisplayString() is "System.Exception" or "System.SystemException" or "System.OperationCanceledException"
        || Bases(type).Any(b => b.ToDisplayString() == "System.OperationCanceledException");

    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType) yield return at;
    }
}
