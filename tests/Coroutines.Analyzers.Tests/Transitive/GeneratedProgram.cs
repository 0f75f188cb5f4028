using System.Text;

namespace Coroutines.Analyzers.Tests.Transitive;

/// <summary>A program whose functions call one another at random across files, in cycles too; some of them block.</summary>
internal static class GeneratedProgram
{
    private const int MethodsPerFile = 12;

    public static string[] Files(int files, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, files).Select(file => File(file, files, random))];
    }

    private static string File(int file, int files, Random random)
    {
        var source = new StringBuilder();
        source.AppendLine("using Coroutines;").AppendLine($"partial class Type{file} : Base, IPart").AppendLine("{");
        for (int method = 0; method < MethodsPerFile; method++)
            source.AppendLine($"    public static void M{method}() {{ {Statement(random, files)} {Statement(random, files)} }}");
        source.AppendLine($"    public int Property {{ get {{ {Statement(random, files)} return 1; }} }}");
        source.AppendLine($"    public override void Virtual() {{ {Statement(random, files)} }}");
        source.AppendLine($"    public void Part() {{ {Statement(random, files)} }}");
        source.AppendLine("    [Coroutine] public static async Coroutine Run(Base any, IPart part)");
        source.AppendLine("    {");
        for (int line = 0; line < 6; line++)
            source.AppendLine($"        {Call(random, files)}");
        source.AppendLine($"        any.Virtual(); part.Part(); int n = new Type{random.Next(files)}().Property;");
        source.AppendLine("        await Coroutine.Yield();").AppendLine("    }").AppendLine("}");
        if (file == 0)
            source.AppendLine("abstract class Base { public abstract void Virtual(); }").AppendLine("interface IPart { void Part(); }");
        return source.ToString();
    }

    private static string Statement(Random random, int files) => random.Next(12) switch
    {
        0 => "Thread.Sleep(1);",
        1 => "Console.WriteLine();",
        2 => "new List<int>().ForEach(_ => " + Call(random, files).TrimEnd(';') + ");",
        < 6 => "",
        _ => Call(random, files),
    };

    private static string Call(Random random, int files) => $"Type{random.Next(files)}.M{random.Next(MethodsPerFile)}();";
}
