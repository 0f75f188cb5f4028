using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>The classes of accessors.</summary>
internal static class AccessorWriter
{
    /// <param name="depth">How many types are open.</param>
    public static void Write(SourceWriter writer, CoroutineModel model, int depth)
    {
        foreach (AccessorClass accessors in model.Accessors)
        {
            if (accessors.Depth != depth) continue;
            writer.Line().Comment($"Members that {model.Signature.Name} reaches as object initializers do.");
            writer.Open($"{(depth == 0 ? "file" : "private")} static class {accessors.Declaration}");
            foreach (string method in accessors.Methods) writer.Line(method);
            writer.Close();
        }
    }
}
