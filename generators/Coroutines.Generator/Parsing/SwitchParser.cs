using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Switch statements whose sections suspend. The labels stay as written, patterns and guards included, in a switch that only
/// jumps; the sections stand behind it.
/// </summary>
internal sealed class SwitchParser(BodyContext context, LeafParser leaves, ExpressionParser expressions, StatementParser statements)
{
    public Statement Parse(SwitchStatementSyntax node)
    {
        int end = context.NewLabel("switch_end");
        context.SetTargets(node, end, -1);
        ITypeSymbol? type = context.Semantics.GetTypeInfo(node.Expression).Type;
        if (type is null || !TypeText.CanBeNamed(type)) throw new RefusedException(Refusals.AwaitPosition, "a switch over this type", node.Expression);

        Code dispatch = new([Part.Of("switch ("), Part.Operand(0), Part.Of(") { ")], context.SpanOf(node.Expression));
        var sections = new List<SwitchSection>();
        var declared = new List<Statement>();
        // Labels first: a section may jump to a later one.
        int[] labels = [.. node.Sections.Select(_ => context.NewLabel("case"))];
        for (int i = 0; i < labels.Length; i++) context.SetSectionLabel(node.Sections[i], labels[i]);
        for (int i = 0; i < labels.Length; i++)
        {
            SwitchSectionSyntax section = node.Sections[i];
            int label = labels[i];
            foreach (SwitchLabelSyntax header in section.Labels)
            {
                if (context.Suspensions.Contains(header)) throw new RefusedException(Refusals.AwaitPosition, "a case label", header);
                declared.AddRange(statements.ExpressionVariables(header));
                dispatch += Header(header);
            }
            dispatch += new Code([Part.Jump(label), Part.Of(" ")]);
            sections.Add(new(label, statements.Statements(section.Statements)));
        }
        Statement lowered = new Switch(expressions.Parse(node.Expression), TypeText.Describe(type), dispatch + "}", sections.ToEquatableArray(), end);
        return declared.Count == 0 ? lowered : new Block([.. declared, lowered]);
    }

    /// <summary>A label; lifted pattern variables are copied in its guard, before the user's own condition reads them.</summary>
    private Code Header(SwitchLabelSyntax header)
    {
        if (header is not CasePatternSwitchLabelSyntax pattern) return leaves.Copy(header) + " ";
        var copies = header.DescendantNodes().OfType<SingleVariableDesignationSyntax>()
            .Where(d => d.FirstAncestorOrSelf<IsPatternExpressionSyntax>() is null)
            .Select(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d))).OfType<int>().ToList();
        if (copies.Count == 0) return leaves.Copy(header) + " ";
        Code code = Code.Of("case ") + leaves.Copy(pattern.Pattern) + " when ";
        for (int i = 0; i < copies.Count; i++)
            code += new Code([Part.Of(i == 0 ? "(" : " && ("), Part.Variable(copies[i]), Part.Of($" = {context.PatternName(copies[i])}) is var _")]);
        if (pattern.WhenClause is { } guard) code += Code.Of(" && (") + leaves.Copy(guard.Condition) + ")";
        return code + ": ";
    }
}
