using System.Reflection;
using System.Xml.Linq;

namespace Coroutines.Tests.Architecture;

/// <summary>Whoever does I/O must be able to read in which state a cancelled operation leaves things, and which thread may call it.</summary>
public sealed class DocumentationTests
{
    private static readonly Dictionary<string, XElement> s_members = XDocument.Load(Path.ChangeExtension(typeof(EventLoop).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public static TheoryData<Type> Types =>
        [typeof(EventLoop), typeof(ByteStream), typeof(SocketStream), typeof(SocketListener), typeof(DatagramSocket), typeof(PipeStream), typeof(TlsStream), typeof(LoopFile), typeof(LoopDirectory), typeof(LoopProcess)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_operation_says_what_cancelling_does_and_whose_thread_it_wants(Type type)
    {
        var operations = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => IsAwaitable(method.ReturnType) && !method.Name.Contains("__", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(operations);

        var silent = from operation in operations
                     let said = Said(IdOf(operation), []) + Said("T:" + type.FullName, [])
                     from word in new[] { "ancel", "hread", "uspend" }
                     where !said.Contains(word, StringComparison.Ordinal)
                     select $"{operation.Name}: no word of {word}";
        Assert.Empty(silent);
    }

    private static bool IsAwaitable(Type type) =>
        type == typeof(Coroutine) || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Coroutine<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    /// <summary>The text of a member, with that of members it refers to or inherits from: "as X does" is an answer, too.</summary>
    private static string Said(string id, HashSet<string> seen)
    {
        if (!seen.Add(id) || !s_members.TryGetValue(id, out var member))
            return "";
        var others = member.Descendants().Where(element => element.Name.LocalName is "see" or "inheritdoc").Select(element => element.Attribute("cref")?.Value).OfType<string>();
        return member.Value + string.Concat(others.Where(other => other.StartsWith("M:", StringComparison.Ordinal)).Select(other => Said(other, seen)));
    }

    // By name and number of parameters: which of two overloads it is makes no difference to what must be said.
    private static string IdOf(MethodInfo method)
    {
        string name = $"M:{method.DeclaringType!.FullName}.{method.Name}";
        return s_members.Keys.FirstOrDefault(id => Name(id) == name && Parameters(id) == method.GetParameters().Length) ?? throw new InvalidOperationException($"{name} is not documented.");
    }

    private static string Name(string id) => id.Split('(')[0].Split("``")[0];

    private static int Parameters(string id)
    {
        if (!id.Contains('(', StringComparison.Ordinal))
            return 0;
        int depth = 0;
        return 1 + id[id.IndexOf('(', StringComparison.Ordinal)..].Count(c =>
        {
            depth += c is '{' ? 1 : c is '}' ? -1 : 0;
            return c == ',' && depth == 0;
        });
    }
}
