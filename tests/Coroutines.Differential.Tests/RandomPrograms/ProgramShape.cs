namespace Coroutines.Differential.RandomPrograms;

/// <summary>What a method of a random program is.</summary>
internal enum MethodKind
{
    Static,
    OfClass,
    OfStruct,

    /// <summary>A stream, read with <c>await foreach</c>; its <c>yield return</c> takes more turns in the compiler's lowering.</summary>
    Stream,
}

/// <summary>The methods of a random program before their bodies are written. The first one is the root.</summary>
internal sealed class ProgramShape
{
    private readonly MethodKind[] _kinds;

    public ProgramShape(Random random)
    {
        bool mayStream = random.Next(3) == 0;
        _kinds = [MethodKind.Static, .. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (MethodKind)random.Next(mayStream ? 5 : 3) is var kind && kind < MethodKind.Stream ? kind : MethodKind.Stream)];
    }

    public int Count => _kinds.Length;

    /// <summary>Then turns differ, so nothing may run beside the root: the order in which tasks take turns would, too.</summary>
    public bool HasStreams => _kinds.Contains(MethodKind.Stream);

    public bool IsStream(int method) => _kinds[method] == MethodKind.Stream;

    public string ContainerOf(int method) => _kinds[method] switch
    {
        MethodKind.OfClass => "private sealed partial class Object",
        MethodKind.OfStruct => "private partial struct Value",
        _ => "",
    };

    public string HeaderOf(int method) => _kinds[method] switch
    {
        _ when method == 0 => "public static async Coroutine M0(Trace t)",
        MethodKind.Static => $"private static async Coroutine<int> M{method}(Trace t, int n)",
        MethodKind.Stream => $"private static async IAsyncEnumerable<int> M{method}(Trace t, int n)",
        _ => $"public async Coroutine<int> M{method}(Trace t, int n)",
    };

    public string Call(int method, string argument) => _kinds[method] switch
    {
        MethodKind.OfClass => $"new Object().M{method}(t, {argument})",
        MethodKind.OfStruct => $"new Value().M{method}(t, {argument})",
        _ => $"M{method}(t, {argument})",
    };
}
