using System.Collections;
using System.Reflection;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Tests.Harness;

/// <summary>Statements of the generator as lines of text: the statement, what it consists of, and what is nested in it, indented.</summary>
internal sealed class IrText(IReadOnlyList<Variable> variables, IReadOnlyList<LabelName> labels)
{
    // Where the code came from, and what follows from the rest.
    private static readonly string[] s_left = ["Span", "Suspends", "Overflow", "Type", "SourceType", "TestType", "Kind", "EqualityContract"];
    private static readonly string[] s_labels = ["Break", "Continue", "Entry"];
    private static readonly string[] s_variables = ["Variable", "Enumerator", "Stream", "Receiver"];

    private readonly List<string> _lines = [];

    public static IReadOnlyList<string> Of(EquatableArray<Statement> body, IReadOnlyList<Variable> variables, IReadOnlyList<LabelName> labels)
    {
        var text = new IrText(variables, labels);
        text.Write(body, 0);
        return text._lines;
    }

    private void Write(IEnumerable nested, int indent)
    {
        foreach (object item in nested)
        {
            var properties = item.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => !s_left.Contains(p.Name)).Select(p => (p.Name, Value: p.GetValue(item))).ToList();
            string inline = string.Join(", ", properties.Select(p => Inline(item, p.Name, p.Value)).OfType<string>());
            _lines.Add($"{new string(' ', indent * 4)}{item.GetType().Name} {inline}".TrimEnd());
            foreach (var (name, value) in properties)
            {
                if (Nested(value) is not { } inner || !inner.Cast<object>().Any())
                    continue;
                _lines.Add($"{new string(' ', indent * 4)}  {name}:");
                Write(inner, indent + 1);
            }
        }
    }

    private static IEnumerable? Nested(object? value) => value switch
    {
        Statement statement => new[] { statement },
        EquatableArray<Statement> statements => statements,
        EquatableArray<CatchClause> catches => catches,
        EquatableArray<SwitchSection> sections => sections,
        EquatableArray<SwitchGuard> guards => guards,
        _ => null,
    };

    private string? Inline(object item, string name, object? value) => value switch
    {
        null or "" => null,
        false when item is not Branch => null,
        // Not given yet.
        0 when name is "Entry" or "State" => null,
        _ when Nested(value) is not null => null,
        Code code => Text(code),
        EquatableArray<Code> codes => codes.IsEmpty ? null : string.Join(" ", codes.Select(Text)),
        EquatableArray<int> numbers => numbers.IsEmpty ? null : $"{name} {string.Join(" ", numbers)}",
        Expression expression => Text(expression),
        int number when item is AwaitPoint or Assign && name == "Target" => $"→ {Target(number)}",
        int number when s_variables.Contains(name) => Variable(number),
        int number when item is Ir.Label or Goto or Branch || s_labels.Contains(name) || (name == "Label" && item is SwitchSection or SwitchGuard) => $"{name} {labels[number].Name}",
        string text when item is Ir.Label => null,
        string text => $"{name} \"{text}\"",
        _ => $"{name} {value}",
    };

    private string Text(Expression expression) => expression switch
    {
        Verbatim verbatim => Text(verbatim.Code),
        Operation operation => string.Concat(operation.Template.Parts.Select(part => part.Kind == PartKind.Operand ? $"⟨{Text(operation.Operands[part.Id].Value)}⟩" : Text(part))),
        Await await => await.Operand.Template.Parts.IsEmpty ? await.Text : $"await {await.Kind}({Text(await.Operand)})",
        _ => $"{expression.GetType().Name}({string.Join(", ", expression.GetType().GetProperties().Where(p => !s_left.Contains(p.Name)).Select(p => Inline(expression, p.Name, p.GetValue(expression))).OfType<string>())})",
    };

    private string Text(Code code) => string.Concat(code.Parts.Select(Text)).ReplaceLineEndings(" ");

    private string Text(Part part) => part.Kind switch
    {
        PartKind.Text => part.Text,
        PartKind.Variable or PartKind.Definition or PartKind.Place => Variable(part.Id),
        PartKind.Jump => $"goto {labels[part.Id].Name};",
        PartKind.Operand => $"⟨{part.Id}⟩",
        _ => part.Kind + (part.Id == 0 ? "" : part.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    };

    private string Target(int target) => target switch { AwaitPoint.Discard => "nothing", AwaitPoint.Result => "result", _ => Variable(target) };

    private string Variable(int id) => id < 0 ? "none" : variables[id].Name;
}
