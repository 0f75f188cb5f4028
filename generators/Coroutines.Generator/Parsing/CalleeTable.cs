using System.Runtime.CompilerServices;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>The coroutines a body calls directly, each once.</summary>
internal sealed class CalleeTable(IMethodSymbol caller)
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, Dictionary<string, INamedTypeSymbol>> s_frames = new();

    private readonly List<Callee> _callees = [];

    public IEnumerable<Callee> All => _callees;

    /// <summary>The callee's index if the call goes, statically, to a coroutine that is or may be generated; else -1.</summary>
    public int IndexOf(IMethodSymbol called, bool throughBase)
    {
        IMethodSymbol target = (called.ReducedFrom ?? called).OriginalDefinition;
        if (!IsDirect(target, throughBase) || !SignatureParser.IsCoroutine(target)) return -1;
        bool isExternal = !SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, caller.ContainingAssembly);
        INamedTypeSymbol? published = isExternal ? FrameOf(target, caller.ContainingAssembly) : null;
        if (isExternal && published is null) return -1;
        string id = SignatureParser.IdOf(target);
        int index = _callees.FindIndex(c => c.Id == id);
        if (index >= 0) return index;
        _callees.Add(new(id, SignatureParser.Escape(target.Name), SignatureParser.StemOf(target), isExternal, TypeText.VisibilityOf(published?.OriginalDefinition ?? target.ContainingType), IsInside(target.ContainingType),
            published is null ? 0 : TypeSize.Of(published), published is null ? Placement.Automatic : SignatureParser.PlacementOf(target)));
        return _callees.Count - 1;
    }

    /// <summary>A local function of the method, or of a function around it.</summary>
    public int IndexOf(Signature local)
    {
        int index = _callees.FindIndex(c => c.Id == local.Id);
        if (index >= 0) return index;
        _callees.Add(new(local.Id, local.Name, local.Stem, false, local.OwnerVisibility, true));
        return _callees.Count - 1;
    }

    public static bool IsDirect(IMethodSymbol target, bool throughBase) =>
        target.MethodKind == MethodKind.Ordinary && target.ContainingType.TypeKind != TypeKind.Interface
        && !target.IsAbstract && (throughBase || !(target.IsVirtual || target.IsOverride));

    /// <summary>The frame a referenced assembly publishes for a method, where it is accessible.</summary>
    public static INamedTypeSymbol? FrameOf(IMethodSymbol target, IAssemblySymbol within)
    {
        if (PublishedFrame(target) is not { } frame) return null;
        bool accessible = TypeText.VisibilityOf(frame.OriginalDefinition) == Visibility.Public || target.ContainingAssembly.GivesAccessTo(within);
        return accessible ? frame : null;
    }

    /// <summary>The frame the method's own assembly lists for it, whoever may see it.</summary>
    public static INamedTypeSymbol? PublishedFrame(IMethodSymbol target) =>
        s_frames.GetValue(target.ContainingAssembly, Read).TryGetValue(SignatureParser.IdOf(target), out INamedTypeSymbol? frame) ? frame : null;

    private bool IsInside(INamedTypeSymbol owner) =>
        SignatureParser.Enclosing(caller.ContainingType).Any(t => SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, owner.OriginalDefinition));

    private static Dictionary<string, INamedTypeSymbol> Read(IAssemblySymbol assembly)
    {
        var frames = new Dictionary<string, INamedTypeSymbol>();
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "CoroutineFrameAttribute" }
                && attribute.ConstructorArguments is [{ Value: string id }, { Value: INamedTypeSymbol frame }]) frames[id] = frame;
        }
        return frames;
    }
}
