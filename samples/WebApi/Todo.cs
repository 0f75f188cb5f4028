using System.Text.Json.Serialization;

namespace WebApi;

/// <summary>Something to do.</summary>
/// <param name="Id">Given by the store.</param>
/// <param name="Title">What.</param>
/// <param name="IsDone">Whether it is done.</param>
public sealed record Todo(int Id, string Title, bool IsDone = false);

/// <summary>What the measured endpoint writes.</summary>
/// <param name="Message">A greeting.</param>
public sealed record Greeting(string Message);

/// <summary>What goes over the wire, known when the program is built.</summary>
[JsonSerializable(typeof(Todo))]
[JsonSerializable(typeof(IReadOnlyList<Todo>))]
[JsonSerializable(typeof(Greeting))]
internal sealed partial class Json : JsonSerializerContext;
