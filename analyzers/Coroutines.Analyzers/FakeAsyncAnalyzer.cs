using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO104: asynchronous in name, synchronous in fact.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FakeAsyncAnalyzer : BlockingMemberAnalyzer
{
    private protected override DiagnosticDescriptor Rule => BlockingRules.FakeAsync;

    private protected override bool Covers(BlockingKind kind) => kind is BlockingKind.FakeAsync;
}
