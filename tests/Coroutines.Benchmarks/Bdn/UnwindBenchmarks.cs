using BenchmarkDotNet.Attributes;
using Coroutines.Benchmarks.Cases;

namespace Coroutines.Benchmarks.Bdn;

[MemoryDiagnoser]
public class UnwindBenchmarks
{
    private const int Operations = 1_000;

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Return() => Unwind.Return(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Throw() => Unwind.Throw(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Cancel() => Unwind.Cancel(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void TaskReturn() => Unwind.TaskReturn(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void TaskThrow() => Unwind.TaskThrow(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void TaskCancel() => Unwind.TaskCancel(Operations);
}
