using System.Text;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>Code to text, for one coroutine: variables, labels and callees get their names.</summary>
internal sealed class CodeText(PlannedCoroutine coroutine)
{
    private readonly CoroutineModel _model = coroutine.Model;
    private readonly CoroutinePlan _plan = coroutine.Plan;
    private readonly StreamSlots _streams = new(coroutine);
    private readonly UnnamedTypes _unnamed = new(coroutine.Model.Body);

    public LocalNames Names { get; } = new(coroutine.Model.Body.Prefix);

    /// <param name="suffix">Tells copies of closures apart that are in scope together, see <see cref="Copies"/>.</param>
    public string Of(Code code, string suffix = "")
    {
        var text = new StringBuilder();
        foreach (Part part in code.Parts)
        {
            text.Append(part.Kind switch
            {
                PartKind.Text => part.Text,
                PartKind.Variable => Value(part.Id),
                PartKind.Definition or PartKind.Place => Variable(part.Id),
                PartKind.Restored => _unnamed.Begin(_model.Body.Variables[part.Id].Type.Unnamed!),
                PartKind.Closure => Names.Outer(part.Id) + suffix,
                PartKind.Jump => $"goto {Label(part.Id)};",
                PartKind.Result => Names.Result,
                PartKind.Leaving => Names.Leaving,
                PartKind.Element => _streams.Element(part.Id, Variable(part.Id)),
                PartKind.Callee => _plan.Generated[part.Id] ? _model.Callees[part.Id].FactoryName : _model.Callees[part.Id].Name,
                PartKind.Iterator => _plan.Generated[part.Id] ? _model.Callees[part.Id].IteratorFactoryName : _model.Callees[part.Id].Name,
                PartKind.Adapter => _plan.Generated[part.Id] ? "" : part.Text,
                _ => throw new InvalidOperationException("An operand was not substituted."),
            });
        }
        return text.ToString();
    }

    /// <summary>
    /// Functions capture copies of the variables that hold closures: the variables themselves are fields of the frame, which no function can capture,
    /// or hold another object in the next iteration.
    /// </summary>
    public string Copies(IEnumerable<Code> codes, string suffix = "") => string.Concat(
        codes.SelectMany(code => code.Parts).Where(part => part.Kind == PartKind.Closure).Select(part => part.Id).Distinct()
            .Select(id => $"var {Names.Outer(id)}{suffix} = {Variable(id)}; "));

    /// <summary>A statement made from a code, in a block if the code needs one.</summary>
    public string Statement(Code code, string statement)
    {
        string copies = Copies([code]);
        if (code.Overflow.Length > 0) return $"{code.Overflow} {{ {copies}{statement} }}";
        return code.DeclaresNames || copies.Length > 0 ? $"{{ {copies}{statement} }}" : statement;
    }

    /// <summary>The functions that the text calls to restore values of unnamed types.</summary>
    public IEnumerable<string> Restorers => _unnamed.Functions;

    private string Value(int id) => _model.Body.Variables[id].Type.Unnamed is { } unnamed ? _unnamed.Begin(unnamed) + Variable(id) + ")" : Variable(id);

    public string Variable(int id)
    {
        Variable variable = _model.Body.Variables[id];
        if (variable.IsCaptured) return $"{Variable(variable.Closure)}.{variable.Name}";
        return variable.IsHoisted ? $"{Names.Frame}.{variable.Name}" : variable.Name;
    }

    /// <summary>The type with which a variable is declared.</summary>
    public string TypeOf(Variable variable) => _streams.TypeOf(variable);

    public string Label(int id) => _model.Body.Labels[id].Name;

    public string Target(int target) => target switch
    {
        AwaitPoint.Discard => "",
        AwaitPoint.Result => Names.Result + " = ",
        _ => Variable(target) + " = ",
    };
}
