using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Where nodes go when what they wait for has come: the loop, as those below it see it. Loop thread only.</summary>
internal interface IWakeTarget
{
    /// <summary>Makes <paramref name="node"/>, which waited, ready to run.</summary>
    void Signal(LoopNode node);
}
