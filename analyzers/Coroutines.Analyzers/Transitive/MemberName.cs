using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>How a path calls its stations.</summary>
internal static class MemberName
{
    public static string Of(NodeKey key) => key.Role switch
    {
        NodeRole.StaticInitializers => $"static {key.Symbol.Name}",
        NodeRole.InstanceInitializers => $"new {key.Symbol.Name}",
        _ => Of(key.Symbol),
    };

    public static string Of(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } => "lambda",
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } local => local.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor } => $"new {member.ContainingType.Name}",
        IMethodSymbol { MethodKind: MethodKind.StaticConstructor } => $"static {member.ContainingType.Name}",
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } @operator => $"{@operator.ContainingType.Name}.{Operator(@operator)}",
        IMethodSymbol { AssociatedSymbol: { } associated } => Of(associated),
        IPropertySymbol { IsIndexer: true } => $"{member.ContainingType.Name}[]",
        // An explicit implementation has the interface in its name.
        { ContainingType: { } type } => $"{type.Name}.{member.Name.Substring(member.Name.LastIndexOf('.') + 1)}",
        _ => member.Name,
    };

    private static string Operator(IMethodSymbol method) => method.Name switch
    {
        "op_Implicit" => "implicit conversion",
        "op_Explicit" or "op_CheckedExplicit" => "explicit conversion",
        _ => method.ToDisplayString(s_operator),
    };

    private static readonly SymbolDisplayFormat s_operator = new(memberOptions: SymbolDisplayMemberOptions.None);
}
