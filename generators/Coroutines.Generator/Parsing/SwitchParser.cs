using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
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
        if (type is null || !TypeText.CanBeKept(type)) throw new RefusedException(Refusals.AwaitPosition, "a switch over this type", node.Expression);

        Expression governing = expressions.Parse(node.Expression);
        var headers = new List<(Code Text, int Section, Expression? Guard, int Label)>();
        var sections = new List<SwitchSection>();
        var declared = new List<Statement>();
        // Labels first: a section may jump to a later one.
        int[] labels = [.. node.Sections.Select(_ => context.NewLabel("case"))];
        for (int i = 0; i < labels.Length; i++) context.SetSectionLabel(node.Sections[i], labels[i]);
        for (int i = 0; i < labels.Length; i++)
        {
            foreach (SwitchLabelSyntax header in node.Sections[i].Labels)
            {
                declared.AddRange(statements.ExpressionVariables(header));
                bool isApart = context.Suspensions.Contains(header);
                Expression? guard = isApart ? expressions.Parse(((CasePatternSwitchLabelSyntax)header).WhenClause!.Condition) : null;
                headers.Add((Header(header, isApart), labels[i], guard, isApart ? context.NewLabel("guard") : labels[i]));
            }
            sections.Add(new(labels[i], statements.Statements(node.Sections[i].Statements)));
        }
        Code Dispatch(int from)
        {
            Code code = new([Part.Of("switch ("), Part.Operand(0), Part.Of(") { ")], context.SpanOf(node.Expression));
            for (int i = 0; i < headers.Count; i++)
            {
                // The default comes last, wherever it stands.
                if (i < from && !headers[i].Text.Parts[0].Text.StartsWith("default", StringComparison.Ordinal)) continue;
                code += headers[i].Text;
                bool isShared = i + 1 < headers.Count && headers[i + 1].Label == headers[i].Label && i >= from;
                if (!isShared) code += new Code([Part.Jump(headers[i].Label), Part.Of(" ")]);
            }
            return code + "}";
        }
        var guards = headers.Select((h, i) => h.Guard is { } guard ? new SwitchGuard(h.Label, guard, h.Section, Dispatch(i + 1)) : null).OfType<SwitchGuard>().ToEquatableArray();
        VariableType described = TypeText.Describe(type);
        if (guards.Count > 0)
        {
            // It is matched more than once.
            int kept = context.Temporary(described, "governing");
            declared.Add(new Assign(kept, governing, context.SpanOf(node.Expression)));
            governing = new Verbatim(Code.Variable(kept));
        }
        Statement lowered = new Switch(governing, described, Dispatch(0), guards, sections.ToEquatableArray(), end);
        return declared.Count == 0 ? lowered : new Block([.. declared, lowered]);
    }

    /// <summary>A label; lifted pattern variables are copied in its guard, before the user's own condition reads them.</summary>
    private Code Header(SwitchLabelSyntax header, bool isGuardApart)
    {
        if (header is not CasePatternSwitchLabelSyntax pattern) return leaves.Copy(header) + " ";
        var copies = pattern.Pattern.DescendantNodes().OfType<SingleVariableDesignationSyntax>()
            .Where(d => d.FirstAncestorOrSelf<IsPatternExpressionSyntax>() is null)
            .Select(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d))).OfType<int>().ToList();
        if (copies.Count == 0 && !isGuardApart) return leaves.Copy(header) + " ";
        Code code = Code.Of("case ") + leaves.Copy(pattern.Pattern) + " when ";
        for (int i = 0; i < copies.Count; i++)
            code += new Code([Part.Of(i == 0 ? "(" : " && ("), Part.Place(copies[i]), Part.Of($" = {context.PatternName(copies[i])}) is var _")]);
        if (isGuardApart) code += copies.Count > 0 ? " && " + SelectionParser.Undecided : SelectionParser.Undecided;
        else if (pattern.WhenClause is { } guard) code += Code.Of(" && (") + leaves.Copy(guard.Condition) + ")";
        return code + ": ";
    }
}
