using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// What the body of a local function with a frame of its own takes over from the body around it: captured variables, by way of the closures that it is given; constants and
/// other local functions, copied.
/// </summary>
internal static class OuterScope
{
    /// <summary>Before anything of the body is read, and with it the variables of the body itself.</summary>
    public static void Adopt(BodyContext context, BodyContext outer, IMethodSymbol function)
    {
        var closures = new Dictionary<int, int>();
        foreach (int closure in outer.Functions.ClosuresOf(function))
        {
            int id = context.Variables.Count;
            context.Variables.Add(new(id, context.OuterName(closures.Count), outer.Variables[closure].Type, VariableKind.Parameter));
            context.Closures.Adopt(id, outer.Closures, closure);
            closures.Add(closure, id);
        }
        foreach (var (symbol, variable) in outer.Captured.ToList())
            if (closures.TryGetValue(variable.Closure, out int closure)) context.LiftOuter(symbol, variable with { Id = context.Variables.Count, Closure = closure });
        var constants = outer.Constants.ToDictionary<ILocalSymbol, ILocalSymbol, string>(constant => constant, constant => $"{context.Prefix}c_{outer.ConstantName(constant)}", SymbolEqualityComparer.Default);
        foreach (var constant in constants) context.LiftConstant(constant.Key, constant.Value);
        var functions = context.Functions.Adopt(outer.Functions, closures).ToList();
        VariableScan.Run(context);
        Copy(context, constants, functions);
    }

    private static void Copy(BodyContext context, Dictionary<ILocalSymbol, string> constants, IEnumerable<LocalFunctionStatementSyntax> functions)
    {
        var leaves = new LeafParser(context);
        foreach (var (constant, name) in constants.Select(pair => (pair.Key, pair.Value)))
        {
            var declarator = (VariableDeclaratorSyntax)constant.DeclaringSyntaxReferences[0].GetSyntax();
            context.Preamble.Add(Code.Of($"const {TypeText.Of(constant.Type)} {name} = ") + leaves.Copy(declarator.Initializer!.Value) + ";");
        }
        foreach (LocalFunctionStatementSyntax function in functions) context.Preamble.Add(leaves.Copy(function));
    }
}
