using System.Text.Json.Serialization;

namespace Fetch;

/// <summary>What goes over the wire, known when the program is built.</summary>
[JsonSerializable(typeof(Element))]
[JsonSerializable(typeof(IEnumerable<string>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class Json : JsonSerializerContext;
