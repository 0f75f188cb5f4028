namespace Coroutines;

/// <summary>Where the generated frame of a coroutine lies while another coroutine awaits it.</summary>
public enum FramePlacement
{
    /// <summary>In the frame of the one that awaits it, unless it is recursive or that frame would become larger than 8 KiB or nested deeper than 24 calls.</summary>
    Automatic,

    /// <summary>In the frame of the one that awaits it, however large that becomes; a recursive one cannot.</summary>
    Inline,

    /// <summary>In a pooled object of its own: for a large frame that is awaited rarely.</summary>
    Boxed,
}
