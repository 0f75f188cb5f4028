using BenchmarkDotNet.Running;
using Coroutines.Benchmarks.Bars;
using Coroutines.Benchmarks.Building;
using Coroutines.Benchmarks.Measuring;

switch (args)
{
    case ["quick", "build"]:
        Console.Out.Write(OwnProcess.Run([BuildRunner.Argument], ("DOTNET_gcServer", "1")));
        return 0;

    case [BuildRunner.Argument]:
        BuildRunner.Run(Console.Out);
        return 0;

    case ["quick", "analyzers"]:
        LiveAnalyzerRunner.Run(Console.Out);
        AnalyzerRunner.Run(Console.Out);
        return 0;

    case ["quick", "analyzers", "live"]:
        LiveAnalyzerRunner.Run(Console.Out);
        return 0;

    case ["quick", "analyzers", "project", var folder]:
        ProjectWriter.Write(folder);
        return 0;

    case ["quick", .. var rest]:
        QuickRunner.Run(prefix: rest is [var prefix, ..] ? prefix : "", Console.Out);
        return 0;

    case ["bars"]:
        return BarReport.Print(Figures.Read(Console.In), Console.Out);

    case [LiveProcess.Argument, var name, var contender]:
        LiveProcess.Answer(name, contender);
        return 0;

    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args is ["bdn", .. var options] ? options : args);
        return 0;
}
