namespace Coroutines.Benchmarks.Building;

/// <summary>What somebody types.</summary>
internal enum SampleEdit
{
    /// <summary>A statement more in one coroutine.</summary>
    Body,

    /// <summary>A method more in every class of the file, which nothing calls.</summary>
    Declaration,

    /// <summary>Something at the top of the file, which may change the meaning of all that is below.</summary>
    Using,
}
