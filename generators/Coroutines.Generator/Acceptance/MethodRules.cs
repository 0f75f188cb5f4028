using Coroutines.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>What must hold of a method before its body is looked at.</summary>
internal static class MethodRules
{
    public static void Check(IMethodSymbol method, MethodDeclarationSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        void Refuse(RefusalRule rule, string construct) => throw new RefusedException(rule, construct, syntax);

        for (SyntaxNode? at = syntax.Parent; at is TypeDeclarationSyntax type; at = at.Parent)
            if (!type.Modifiers.Any(SyntaxKind.PartialKeyword)) Refuse(Refusals.NotPartial, type.Identifier.Text);
        if (!CanHoldMembers(syntax.Parent, method)) Refuse(Refusals.Extension, method.Name);
        if (SignatureParser.Enclosing(method.ContainingType).FirstOrDefault(t => t.IsFileLocal) is { } local) Refuse(Refusals.FileLocalType, local.Name);
        if (method.ContainingType.IsRefLikeType) Refuse(Refusals.Parameter, "this");
        if (method.ExplicitInterfaceImplementations.Length > 0) Refuse(Refusals.ExplicitImplementation, method.Name);
        if (!IsAsyncCoroutine(method) && (method.IsAsync || !SignatureParser.IsIterator(method))) Refuse(Refusals.ReturnType, method.Name);
        if (syntax.Body is null && syntax.ExpressionBody is null) Refuse(Refusals.NoBody, method.Name);
        if (!method.IsAsync && !IteratorParser.Yields(syntax)) Refuse(Refusals.NoBody, method.Name);
        if (syntax.Modifiers.Any(SyntaxKind.UnsafeKeyword)) Refuse(Refusals.UnsafeCode, method.Name);
        CheckTypes(method, syntax);

        if (BindingErrors.Any(syntax, semantics, cancellation)) Refuse(Refusals.Binding, method.Name);
        SyntaxNode body = (SyntaxNode?)syntax.Body ?? syntax.ExpressionBody!;
        if (FileLocalTypes.UsedIn(body, semantics, cancellation) is { } used) throw new RefusedException(Refusals.FileLocalType, used.Type.Name, used.Where);
        if (CallerInformation.HiddenIn(body, semantics, cancellation) is { } hidden) throw new RefusedException(Refusals.Caller, hidden.ToString(), hidden);
    }

    /// <summary>A local function of a method that has passed: errors in it are errors of the method.</summary>
    public static void Check(IMethodSymbol function, LocalFunctionStatementSyntax syntax)
    {
        if (SignatureParser.IsIterator(function)) throw new RefusedException(Refusals.LocalIterator, function.Name, syntax);
        if (!IsAsyncCoroutine(function)) throw new RefusedException(Refusals.ReturnType, function.Name, syntax);
        if (syntax.Modifiers.Any(SyntaxKind.UnsafeKeyword)) throw new RefusedException(Refusals.UnsafeCode, function.Name, syntax);
        var around = new HashSet<string>();
        for (ISymbol at = function; at is IMethodSymbol method; at = at.ContainingSymbol)
            foreach (ITypeParameterSymbol parameter in method.TypeParameters)
                if (!around.Add(parameter.Name)) throw new RefusedException(Refusals.LocalFunction, function.Name, syntax);
        CheckTypes(function, syntax);
    }

    /// <summary>An interface holds static ones that nobody overrides. With variant type parameters it may have no nested types.</summary>
    private static bool CanHoldMembers(SyntaxNode? container, IMethodSymbol method) => container switch
    {
        ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax => true,
        InterfaceDeclarationSyntax => method is { IsStatic: true, IsVirtual: false, IsAbstract: false }
            && SignatureParser.Enclosing(method.ContainingType).SelectMany(type => type.TypeParameters).All(parameter => parameter.Variance == VarianceKind.None),
        _ => false,
    };

    private static bool IsAsyncCoroutine(IMethodSymbol method) => method.IsAsync && (AwaitParser.IsCoroutine(method.ReturnType) || SignatureParser.IsStream(method));

    private static void CheckTypes(IMethodSymbol method, SyntaxNode syntax)
    {
        if (method.TypeParameters.SelectMany(parameter => parameter.ConstraintTypes).FirstOrDefault(type => !TypeText.CanBeNamed(type)) is { } constraint) throw new RefusedException(Refusals.FileLocalType, constraint.Name, syntax);
        foreach (IParameterSymbol parameter in method.Parameters)
            if (parameter.Type.IsRefLikeType || parameter.RefKind != RefKind.None || !(parameter.Type is IDynamicTypeSymbol || TypeText.CanBeNamed(parameter.Type))) throw new RefusedException(Refusals.Parameter, parameter.Name, syntax);
        if (method.IsAsync && method.ReturnType is INamedTypeSymbol { TypeArguments: [{ } result] } && !TypeText.CanBeNamed(result) && result is not IDynamicTypeSymbol) throw new RefusedException(Refusals.ReturnType, method.Name, syntax);
    }
}
