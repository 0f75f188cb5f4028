using Coroutines.CompilerServices;

namespace Coroutines;

/// <summary>Where nodes go when what they wait for has come: the loop, as those below it see it. Loop thread only.</summary>
internal interface IWakeTarget
{
    /// <summary>Makes <paramref name="node"/>, which waited, ready to run.</summary>
    void Signal(LoopNode node);

    /// <summary>Tells that somebody is interested in events, and before nobody was: from now on they have to be asked for in every turn.</summary>
    void EndRow();
}
