namespace Coroutines.Tests;

/// <summary>For tests that count what belongs to the process as a whole, descriptors, children, signals: nothing runs beside them.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Alone = nameof(WholeProcess);
}
