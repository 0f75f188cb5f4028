using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;

namespace Coroutines.Generator.Lowering;

/// <summary>What passes may add to: variables and labels.</summary>
internal sealed class LoweringContext(ParsedCoroutine coroutine)
{
    private readonly List<string> _labels = [.. coroutine.Labels];

    public List<Variable> Variables { get; } = [.. coroutine.Variables];

    public int States { get; set; }

    public EquatableArray<LabelName> Labels => _labels.Select((name, id) => new LabelName(id, name)).ToEquatableArray();

    /// <summary>A name for something of the generated code that is no variable of the coroutine.</summary>
    public string Name(string name) => coroutine.Prefix + name;

    public int NewLabel(string name)
    {
        _labels.Add($"{coroutine.Prefix}{name}{_labels.Count}");
        return _labels.Count - 1;
    }

    public int Temporary(VariableType type, string name = "t")
    {
        Variables.Add(new(Variables.Count, $"{coroutine.Prefix}{name}{Variables.Count}", type, VariableKind.Temporary));
        return Variables.Count - 1;
    }

    public static readonly VariableType Int = new("int", false, false, Visibility.Public, Size: 4);

    public static Exception Unreachable(object node, string reason) => new InvalidOperationException($"{node.GetType().Name} should not be here: {reason}");
}
