using System.Text;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Tests.Blocking;

/// <summary>Writes a method per member of the table that uses the member, with arguments nothing is known about.</summary>
internal sealed class GeneratedCalls(Compilation framework)
{
    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>All calls in one compilation; methods by name.</summary>
    public static async Task<(Compilation Compilation, Dictionary<string, BlockingApi> Methods)> Compile(
        IEnumerable<BlockingApi> apis, string method, string end)
    {
        Compilation framework = (await TestProject.Create([]).GetCompilationAsync())!;
        var calls = new GeneratedCalls(framework);
        var methods = new Dictionary<string, BlockingApi>();
        var source = new StringBuilder("static class Calls\n{\n    static T Any<T>() where T : allows ref struct => throw null!;\n");
        foreach (BlockingApi api in apis)
        {
            ISymbol member = DocumentationCommentId.GetFirstSymbolForDeclarationId(api.Id, framework)!;
            string name = $"M{methods.Count}";
            methods.Add(name, api);
            source.AppendLine($"    // {api.Id}").AppendLine($"    {method} {name}()").AppendLine("    {");
            source.AppendLine($"        unsafe {{ {calls.Use(member)} }}").AppendLine($"        {end}").AppendLine("    }");
        }

        source.AppendLine("}");
        Compilation compilation = (await TestProject.Create([source.ToString()]).GetCompilationAsync())!;
        Analysis.AssertCompiles(compilation);
        return (compilation, methods);
    }

    private string Use(ISymbol member)
    {
        string before = "";
        switch (member)
        {
            case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                return WithArguments($"var made = new {Type(constructor.ContainingType)}", constructor, ref before);
            case IMethodSymbol method:
                string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.TypeParameters.Select(Argument))}>" : "";
                return WithArguments($"{Receiver(method)}.{method.Name}{generic}", method.IsGenericMethod ? method.Construct([.. method.TypeParameters.Select(Substitute)]) : method, ref before);
            case IPropertySymbol { GetMethod: not null } property:
                return $"var got = {Receiver(property)}.{property.Name};";
            default:
                return $"{Receiver(member)}.{member.Name} = Any<{Type(((IPropertySymbol)member).Type)}>();";
        }
    }

    private string WithArguments(string call, IMethodSymbol method, ref string before)
    {
        var arguments = new List<string>();
        IMethodSymbol constructed = Constructed(method);
        foreach (IParameterSymbol parameter in constructed.Parameters)
        {
            string type = Type(parameter.Type);
            switch (parameter.RefKind)
            {
                case RefKind.Out:
                    arguments.Add("out _");
                    break;
                case RefKind.Ref:
                    before += $"{type} by{parameter.Ordinal} = default!; ";
                    arguments.Add($"ref by{parameter.Ordinal}");
                    break;
                default:
                    arguments.Add(Value(parameter, type));
                    break;
            }
        }

        return $"{before}{call}({string.Join(", ", arguments)});";
    }

    /// <summary>A timeout of a search is given only to say that there is none, for else the search is exempt.</summary>
    private static string Value(IParameterSymbol parameter, string type) => parameter switch
    {
        { Name: "matchTimeout" } => "global::System.Text.RegularExpressions.Regex.InfiniteMatchTimeout",
        { Type: IPointerTypeSymbol } => $"({type})null",
        _ => $"Any<{type}>()",
    };

    private string Receiver(ISymbol member)
    {
        INamedTypeSymbol type = Constructed(member.ContainingType);
        return member.IsStatic ? Type(type) : $"Any<{Type(type)}>()";
    }

    private IMethodSymbol Constructed(IMethodSymbol method)
    {
        if (!method.ContainingType.IsGenericType)
            return method;

        INamedTypeSymbol type = Constructed(method.ContainingType);
        IMethodSymbol member = type.GetMembers(method.Name).OfType<IMethodSymbol>()
            .First(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.OriginalDefinition));
        return method.IsGenericMethod ? member.Construct([.. method.TypeArguments]) : member;
    }

    private INamedTypeSymbol Constructed(INamedTypeSymbol type)
    {
        if (type.ContainingType is { IsGenericType: true } outer)
            return Constructed(outer).GetTypeMembers(type.Name, type.Arity).Single();

        return type.IsGenericType ? type.OriginalDefinition.Construct([.. type.TypeParameters.Select(Substitute)]) : type;
    }

    private string Argument(ITypeParameterSymbol parameter) => Type(Substitute(parameter));

    /// <summary>A type that satisfies the constraints of the table's members: a number where a value type must stand, else its constraint.</summary>
    private ITypeSymbol Substitute(ITypeParameterSymbol parameter) =>
        parameter.ConstraintTypes.OfType<INamedTypeSymbol>().FirstOrDefault(type => !type.IsGenericType)
        ?? framework.GetSpecialType(parameter.HasValueTypeConstraint ? SpecialType.System_Int32 : SpecialType.System_String);

    private static string Type(ITypeSymbol type) => type.ToDisplayString(s_format);
}
