using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Symbols;

/// <summary>How messages call a function.</summary>
internal static class FunctionName
{
    public static string Of(IMethodSymbol function) =>
        function.MethodKind == MethodKind.AnonymousFunction ? "lambda" : function.Name;
}
