using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using CallSite = Coroutines.Generator.Model.CallSite;

namespace Coroutines.Generator.Parsing;

/// <summary>Finds calls of coroutines. Only calls whose simple name is the name of some coroutine are bound.</summary>
internal static class CallSiteParser
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<string>> s_names = new();
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> s_declared = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, HashSet<string>> s_referenced = new();

    /// <summary>The call of a coroutine whose generated version can be reached; else null.</summary>
    public static CallSite? Parse(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
    {
        if (Target(call, semantics, cancellation) is not { } target || IsUnpublished(target, semantics.Compilation)) return null;
#pragma warning disable RSEXPERIMENTAL002 // Interceptable locations: stable since the compiler that ships with this version's SDK.
        if (semantics.GetInterceptableLocation(call, cancellation) is not { } location) return null;
#pragma warning restore RSEXPERIMENTAL002
        IAssemblySymbol within = semantics.Compilation.Assembly;
        bool isExternal = IsExternal(target, semantics.Compilation);
        return new(SignatureParser.Parse(target), isExternal, !isExternal || target.ContainingAssembly.GivesAccessTo(within), CallEdits.IsThroughBase(call),
            new(location.Version, location.Data, location.GetDisplayLocation()));
    }

    /// <summary>The same for calls outside coroutines: the body of a coroutine is bound once, for its verdict.</summary>
    public static CallSite? ParseOutside(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation) =>
        IsCandidate(call, semantics) && EnclosingCoroutine(call, semantics, cancellation) is null ? Parse(call, semantics, cancellation) : null;

    /// <summary>The calls in the body of a coroutine, which are redirected if it keeps the compiler's lowering.</summary>
    public static IEnumerable<CallSite> ParseInside(IMethodSymbol coroutine, SemanticModel semantics, CancellationToken cancellation) =>
        from part in new[] { coroutine, coroutine.PartialImplementationPart }
        from reference in part?.DeclaringSyntaxReferences ?? []
        let syntax = reference.GetSyntax(cancellation)
        let model = syntax.SyntaxTree == semantics.SyntaxTree ? semantics : semantics.Compilation.GetSemanticModel(syntax.SyntaxTree)
        from call in syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let site = Parse(call, model, cancellation)
        where site is not null
        select site;

    /// <summary>The coroutine that is called if the call goes there statically; else null.</summary>
    public static IMethodSymbol? Target(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
    {
        if (!IsCandidate(call, semantics)) return null;
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method) return null;
        IMethodSymbol target = (method.ReducedFrom ?? method).OriginalDefinition;
        bool isThroughBase = CallEdits.IsThroughBase(call);
        // What is called through base cannot be advanced by hand from elsewhere: only this type may call it so.
        return CalleeTable.IsDirect(target, isThroughBase) && SignatureParser.IsCoroutine(target) && !(isThroughBase && SignatureParser.IsIterator(target)) ? target : null;
    }

    /// <summary>By name alone.</summary>
    private static bool IsCandidate(InvocationExpressionSyntax call, SemanticModel semantics) =>
        CallEdits.NameToken(call) is { } name && s_names.GetValue(semantics.Compilation, NamesIn).Contains(name.ValueText);

    /// <summary>The coroutine whose body, if generated, replaces the one this call is in; lambdas and local functions included.</summary>
    public static IMethodSymbol? EnclosingCoroutine(SyntaxNode call, SemanticModel semantics, CancellationToken cancellation)
    {
        if (call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration || (declaration.AttributeLists.Count == 0 && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))) return null;
        return semantics.GetDeclaredSymbol(declaration, cancellation) is { } method && SignatureParser.IsCoroutine(method) ? method : null;
    }

    /// <summary>A coroutine of another assembly whose frame is not public there: its body was refused, or holds private types.</summary>
    public static bool IsUnpublished(IMethodSymbol target, Compilation compilation) =>
        IsExternal(target, compilation) && CalleeTable.FrameOf(target, compilation.Assembly) is null;

    public static bool IsExternal(IMethodSymbol target, Compilation compilation) => !SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, compilation.Assembly);

    private static HashSet<string> NamesIn(Compilation compilation)
    {
        var names = new HashSet<string>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees) names.UnionWith(s_declared.GetValue(tree, DeclaredIn));
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols) names.UnionWith(s_referenced.GetValue(assembly, PublishedBy));
        return names;
    }

    /// <summary>By syntax alone: an async method, or what may be an iterator, with an attribute. Binding sorts out the others.</summary>
    private static HashSet<string> DeclaredIn(SyntaxTree tree) => [.. tree.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
        .OfType<MethodDeclarationSyntax>().Where(m => m.AttributeLists.Count > 0 && (m.Modifiers.Any(SyntaxKind.AsyncKeyword) || MayBeIterator(m.ReturnType))).Select(m => m.Identifier.ValueText)];

    private static bool MayBeIterator(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => MayBeIterator(qualified.Right),
        GenericNameSyntax { Identifier.ValueText: "IEnumerator" or "IEnumerable" } => true,
        _ => false,
    };

    private static HashSet<string> PublishedBy(IAssemblySymbol assembly)
    {
        var names = new HashSet<string>();
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is not { Name: "CoroutineFrameAttribute" } || attribute.ConstructorArguments is not [{ Value: string id }, ..]) continue;
            string path = id.Split('(')[0];
            names.Add(path.Substring(path.LastIndexOf('.') + 1).Split('`')[0]);
        }
        return names;
    }
}
