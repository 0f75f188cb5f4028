using System.Runtime.CompilerServices;
using Coroutines.Generator.Model;
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

    public static CallSite? Parse(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
    {
        string name = CallEdits.NameToken(call)!.Value.ValueText;
        if (!s_names.GetValue(semantics.Compilation, NamesIn).Contains(name)) return null;
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method) return null;
        IMethodSymbol target = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!CalleeTable.IsDirect(target, CallEdits.IsThroughBase(call)) || !SignatureParser.IsCoroutine(target)) return null;
        // A struct receiver may be no variable, and base calls have no receiver to hand over.
        if (SignatureParser.Receiver(target) == ReceiverKind.Struct || CallEdits.IsThroughBase(call)) return null;
        IAssemblySymbol within = semantics.Compilation.Assembly;
        bool isExternal = !SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, within);
        if (isExternal && CalleeTable.FrameOf(target, within) is null) return null;
#pragma warning disable RSEXPERIMENTAL002 // Interceptable locations: stable since the compiler that ships with this version's SDK.
        if (semantics.GetInterceptableLocation(call, cancellation) is not { } location) return null;
#pragma warning restore RSEXPERIMENTAL002
        return new(Enclosing(call, semantics, cancellation), SignatureParser.Parse(target), isExternal, location.Version, location.Data, location.GetDisplayLocation());
    }

    /// <summary>The coroutine whose generated body replaces this call, lambdas and local functions included.</summary>
    private static string Enclosing(SyntaxNode call, SemanticModel semantics, CancellationToken cancellation)
    {
        if (call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { AttributeLists.Count: > 0 } declaration) return "";
        return semantics.GetDeclaredSymbol(declaration, cancellation) is { } method && SignatureParser.IsCoroutine(method) ? SignatureParser.IdOf(method) : "";
    }

    private static HashSet<string> NamesIn(Compilation compilation)
    {
        var names = new HashSet<string>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees) names.UnionWith(s_declared.GetValue(tree, DeclaredIn));
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols) names.UnionWith(s_referenced.GetValue(assembly, PublishedBy));
        return names;
    }

    /// <summary>By syntax alone: an async method with an attribute. Binding sorts out the others.</summary>
    private static HashSet<string> DeclaredIn(SyntaxTree tree) => [.. tree.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
        .OfType<MethodDeclarationSyntax>().Where(m => m.AttributeLists.Count > 0 && m.Modifiers.Any(SyntaxKind.AsyncKeyword)).Select(m => m.Identifier.ValueText)];

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
