namespace Coroutines.Analyzers.Transitive;

/// <summary>In which role a symbol stands in the call graph.</summary>
internal enum NodeRole
{
    /// <summary>The body of a method, accessor, local function or lambda.</summary>
    Body,

    /// <summary>The initializers that every constructor of a type runs.</summary>
    InstanceInitializers,

    /// <summary>The static constructor and static initializers of a type.</summary>
    StaticInitializers,

    /// <summary>Whichever override or implementation of a method a virtual call finds.</summary>
    Overrides,

    /// <summary>Whatever has been assigned to a local, field, property or event that holds a delegate.</summary>
    Slot,
}
