namespace Coroutines.Analyzers.Blocking;

/// <summary>A member that blocks the calling thread: a row of <see cref="BlockingApis"/>.</summary>
internal sealed class BlockingApi
{
    public BlockingApi(string id, BlockingKind kind, string advice, BlockingFix fix, BlockingExemptions exemptions)
    {
        Id = id;
        Kind = kind;
        Advice = advice;
        Fix = fix;
        Exemptions = exemptions;
    }

    /// <summary>The documentation ID of the member's original definition.</summary>
    public string Id { get; }

    public BlockingKind Kind { get; }

    /// <summary>What to do instead: the end of the message.</summary>
    public string Advice { get; }

    public BlockingFix Fix { get; }

    public BlockingExemptions Exemptions { get; }

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
            return Id.Substring(start, end - start);
        }
    }
}
