using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>The local functions that give values their unnamed types back, one for each type.</summary>
internal sealed class UnnamedTypes(LoweredBody body)
{
    private readonly List<UnnamedType> _types = [.. body.Variables.Select(variable => variable.Type.Unnamed).OfType<UnnamedType>().Distinct()];

    public IEnumerable<string> Functions => _types.Select((type, index) =>
    {
        string[] parameters = [.. type.Examples.Select((_, i) => $"{body.Prefix}T{i}")];
        string restored = string.Format(System.Globalization.CultureInfo.InvariantCulture, type.Pattern, parameters);
        string examples = string.Concat(parameters.Select(parameter => $", {parameter} {parameter}e")), constraints = string.Concat(parameters.Select(parameter => $" where {parameter} : class"));
        return $"static {restored} {NameOf(index)}<{string.Join(", ", parameters)}>(object {body.Prefix}value{examples}){constraints} => global::System.Runtime.CompilerServices.Unsafe.As<{restored}>({body.Prefix}value);";
    });

    /// <summary>The call as far as the value, which comes last.</summary>
    public string Begin(UnnamedType type) =>
        $"{NameOf(_types.IndexOf(type))}({string.Concat(type.Examples.Select((example, i) => $"{body.Prefix}T{i}e: {example}, "))}{body.Prefix}value: ";

    private string NameOf(int index) => $"{body.Prefix}as{index}";
}
