namespace Coroutines;

/// <summary>A backend that asks the system anew for each wait, and so must know of every one. Loop thread only.</summary>
internal interface IInterestObserver
{
    /// <summary>Somebody began or ceased to be interested in a direction of <paramref name="descriptor"/>.</summary>
    void InterestChanged(Descriptor descriptor);

    /// <summary>The handle that owned the number is closed, or about to be replaced by another one.</summary>
    void OwnerLost(Descriptor descriptor);
}
