namespace Coroutines;

/// <summary>Says that a member of another assembly blocks the calling thread.</summary>
/// <remarks>For a few members. For many, or to take members off the list, add a file that ends in <c>.blocking.txt</c> to the project's <c>AdditionalFiles</c>.</remarks>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class BlockingApiAttribute : Attribute
{
    /// <summary>Names the member.</summary>
    /// <param name="id">Its documentation ID, as <c>M:Vendor.Client.Send(System.String)</c>.</param>
    public BlockingApiAttribute(string id) => Id = id;

    /// <summary>The documentation ID of the member.</summary>
    public string Id { get; }

    /// <summary>What to do instead: the end of the message. Null, unless set, for the advice to use <see cref="EventLoop.RunInExecutor(Action)"/>.</summary>
    public string? Instead { get; set; }
}
