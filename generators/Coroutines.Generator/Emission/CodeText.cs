using System.Text;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>Code to text, for one coroutine: variables, labels and callees get their names.</summary>
internal sealed class CodeText(PlannedCoroutine coroutine)
{
    private readonly CoroutineModel _model = coroutine.Model;
    private readonly CoroutinePlan _plan = coroutine.Plan;

    public LocalNames Names { get; } = new(coroutine.Model.Body.Prefix);

    public string Of(Code code)
    {
        var text = new StringBuilder();
        foreach (Part part in code.Parts)
        {
            text.Append(part.Kind switch
            {
                PartKind.Text => part.Text,
                PartKind.Variable or PartKind.Definition => Variable(part.Id),
                PartKind.Jump => $"goto {Label(part.Id)};",
                PartKind.Result => Names.Result,
                PartKind.Callee => _plan.Generated[part.Id] ? _model.Callees[part.Id].FactoryName : _model.Callees[part.Id].Name,
                _ => throw new InvalidOperationException("An operand was not substituted."),
            });
        }
        return text.ToString();
    }

    public string Variable(int id)
    {
        Variable variable = _model.Body.Variables[id];
        return variable.IsHoisted ? $"{Names.Frame}.{variable.Name}" : variable.Name;
    }

    public string Label(int id) => _model.Body.Labels[id].Name;

    public string Target(int target) => target switch
    {
        AwaitPoint.Discard => "",
        AwaitPoint.Result => Names.Result + " = ",
        _ => Variable(target) + " = ",
    };
}
