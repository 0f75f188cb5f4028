namespace Coroutines.Analyzers.Transitive;

/// <summary>How a call looks at the place where it is made.</summary>
internal enum CallManner
{
    /// <summary>A call written as one.</summary>
    Call,

    /// <summary>A member that runs without a call being written: an accessor, operator, constructor, <c>Dispose</c>, the start of an <c>async</c> method.</summary>
    Member,
}
