namespace Coroutines.Generator.Model;

/// <summary>A frame that other assemblies may find.</summary>
/// <param name="Method">The coroutine's id.</param>
/// <param name="Frame">The frame as <c>typeof</c> takes it.</param>
public sealed record PublishedFrame(string Method, string Frame)
{
    /// <summary>Null where the frame cannot be named outside its type.</summary>
    public static PublishedFrame? Of(PlannedCoroutine coroutine)
    {
        Signature signature = coroutine.Model.Signature;
        if (signature.IsLocal || coroutine.Plan.FrameVisibility < Visibility.Internal || signature.OwnerVisibility < Visibility.Internal) return null;
        string arity = signature.TypeParameters.IsEmpty ? "" : "<" + new string(',', signature.TypeParameters.Count - 1) + ">";
        return new(signature.Id, $"{signature.OwnerUnbound}.{signature.FrameName}{arity}");
    }
}
