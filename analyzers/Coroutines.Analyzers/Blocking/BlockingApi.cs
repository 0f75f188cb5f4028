namespace Coroutines.Analyzers.Blocking;

/// <summary>A member that blocks the calling thread: a row of <see cref="BlockingTable"/>.</summary>
internal sealed class BlockingApi
{
    /// <summary>Stands for members that somebody vouches for: they do not block, whatever they call.</summary>
    public static readonly BlockingApi NonBlocking = new("", BlockingGroup.Listed(BlockingKind.Minor, null));

    public BlockingApi(string id, BlockingGroup group)
    {
        Id = id;
        Group = group;
    }

    /// <summary>The documentation ID of the member's original definition.</summary>
    public string Id { get; }

    public BlockingGroup Group { get; }

    /// <summary>The member's name in metadata, taken from its ID.</summary>
    public string Name
    {
        get
        {
            int end = Id.IndexOf('(');
            if (end < 0)
                end = Id.Length;
            int generic = Id.IndexOf("``", StringComparison.Ordinal);
            if (generic >= 0 && generic < end)
                end = generic;
            int start = Id.LastIndexOf('.', end - 1) + 1;
            string name = Id.Substring(start, end - start);
            return name == "#ctor" ? ".ctor" : name;
        }
    }
}
