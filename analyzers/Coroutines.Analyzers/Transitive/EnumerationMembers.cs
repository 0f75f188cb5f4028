using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Transitive;

/// <summary>The members by which a <c>foreach</c> takes its elements.</summary>
internal static class EnumerationMembers
{
    public static IEnumerable<IMethodSymbol?> Of(IForEachLoopOperation loop)
    {
        if (loop.Syntax is not CommonForEachStatementSyntax syntax || loop.SemanticModel is not { } model)
            yield break;

        ForEachStatementInfo info = model.GetForEachStatementInfo(syntax);
        yield return info.GetEnumeratorMethod;
        yield return info.MoveNextMethod;
        yield return info.CurrentProperty?.GetMethod;
        yield return info.DisposeMethod is { } dispose && info.GetEnumeratorMethod?.ReturnType is { } enumerator
            ? Dispatch.Implementation(enumerator, dispose) ?? dispose
            : null;
        yield return info.CurrentConversion.MethodSymbol;
        yield return info.ElementConversion.MethodSymbol;
        if (syntax is ForEachVariableStatementSyntax deconstructing)
        {
            foreach (IMethodSymbol? method in ImplicitMembers.OfDeconstruction(model.GetDeconstructionInfo(deconstructing)))
                yield return method;
        }
    }

    /// <summary>The same where the language tells nothing: a spread <c>[..elements]</c>.</summary>
    public static IEnumerable<IMethodSymbol?> Of(ITypeSymbol? collection)
    {
        if (Method(collection, "GetEnumerator") is not { } getEnumerator)
            yield break;

        yield return getEnumerator;
        yield return Method(getEnumerator.ReturnType, "MoveNext");
        yield return getEnumerator.ReturnType.GetMembers("Current").OfType<IPropertySymbol>().FirstOrDefault()?.GetMethod;
    }

    private static IMethodSymbol? Method(ITypeSymbol? type, string name) =>
        type?.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(method => method is { IsStatic: false, Parameters.Length: 0 });
}
