using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Emission;

/// <summary>The classes of captured variables.</summary>
internal static class ClosureWriter
{
    public static void Write(SourceWriter writer, CoroutineModel model)
    {
        foreach (Closure closure in model.Closures)
        {
            string access = closure.Visibility switch { Visibility.Public => "public", Visibility.Internal => "internal", _ => "private" };
            writer.Comment($"Variables of {model.Signature.Name} that functions capture.");
            if (access != "private") writer.Line(Names.Hidden);
            writer.Open($"{access} sealed class {closure.Name}{model.Signature.TypeParameterList}{model.Signature.Constraints}");
            foreach (Variable variable in model.Body.Variables)
                if (variable.Closure == closure.Variable) writer.Line($"public {variable.Type.Text} {variable.Name};");
            foreach (ClosureDelegate kept in closure.Delegates) writer.Line($"public {kept.Type} {kept.Field};");
            writer.Close();
            writer.Line();
        }
    }
}
