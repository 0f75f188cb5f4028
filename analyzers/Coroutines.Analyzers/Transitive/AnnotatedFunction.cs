using Coroutines.Analyzers.Blocking;
using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>A function of the program for which somebody vouches, and what its body says.</summary>
internal sealed class AnnotatedFunction(IMethodSymbol function, CallNode body, BlockingApiLookup apis)
{
    private readonly ISymbol _member = function.AssociatedSymbol ?? function;

    public string Name => MemberName.Of(_member);

    public Location Location => _member.Locations[0];

    public AttributeData? NonBlocking { get; } = apis.Annotations.NonBlockingOn(function);

    public AttributeData? Blocking { get; } = apis.Annotations.BlockingOn(function);

    public bool LeadsToBlocking => body.Rank == BlockingRank.Blocks;

    public string Path => string.Join(" → ", BlockingPath.From(body));

    /// <summary>Whether the function would be found to block, now or as something else: what others may override is a promise, not a correction.</summary>
    public bool NeedsNonBlocking => body.Rank != BlockingRank.Never
        || function.IsVirtual || (function.IsOverride && !function.IsSealed) || BlockingApiLookup.FindInTable(_member) is not null;

    /// <summary>Whether the rules find out by themselves, wherever the function can be called.</summary>
    public bool NeedsBlocking => !LeadsToBlocking || function.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Internal);

    /// <summary>The promise that the function inherits: an overridden or implemented member marked <c>[NonBlocking]</c>.</summary>
    public ISymbol? Promise => BlockingApiLookup.Bases(_member).FirstOrDefault(declared => apis.Annotations.NonBlockingOn(declared) is not null);
}
