using System.Collections.Immutable;
using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Blocking.Entries;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Coroutines.Analyzers.Transitive;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO701 to CORO704: what a program says about blocking means nothing, is wrong, is known, or is broken by an override.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingAnnotationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [AnnotationRules.Invalid, AnnotationRules.Contradicted, AnnotationRules.Unnecessary, AnnotationRules.Widened];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation, start.Options) is not { } symbols)
                return;

            var apis = BlockingApiLookup.Of(start.Compilation, start.Options);
            var facts = ProgramFacts.Of(symbols, apis);
            start.RegisterSemanticModelAction(file => facts.Read(file.SemanticModel, file.CancellationToken));
            start.RegisterCompilationEndAction(end =>
            {
                Entries(end, apis.Entries);
                Annotations(end, [.. Annotated(facts, apis, end.Compilation).OrderBy(function => function.Name, StringComparer.Ordinal)]);
            });
        });
    }

    private static void Entries(CompilationAnalysisContext context, BlockingEntries entries)
    {
        foreach (var (location, why) in EntryVerdicts.Invalid(entries, context.Compilation))
            context.ReportDiagnostic(Diagnostic.Create(AnnotationRules.Invalid, location, why));
        foreach (var (location, why) in EntryVerdicts.Unnecessary(entries, context.Compilation))
            context.ReportDiagnostic(Diagnostic.Create(AnnotationRules.Unnecessary, location, why));
    }

    private static IEnumerable<AnnotatedFunction> Annotated(ProgramFacts facts, BlockingApiLookup apis, Compilation compilation)
    {
        foreach (FunctionFacts function in facts.Files.SelectMany(file => file.Functions))
        {
            if (function.Key is { Role: NodeRole.Body, Symbol: IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } method }
                && (apis.IsNonBlocking(method) || apis.Annotations.BlockingOn(method) is not null)
                && facts.Graph(compilation).Body(method) is { } body)
            {
                yield return new AnnotatedFunction(method, body, apis);
            }
        }
    }

    private static void Annotations(CompilationAnalysisContext context, IReadOnlyCollection<AnnotatedFunction> functions)
    {
        foreach (AnnotatedFunction function in functions)
        {
            if (function is { NonBlocking: not null, Blocking: { } overruled })
                context.ReportDiagnostic(Diagnostic.Create(AnnotationRules.Invalid, Location(overruled), $"'{function.Name}' is marked [NonBlocking], too"));
            else if (function is { NonBlocking: null, Promise: { } promise } && (function.LeadsToBlocking || function.Blocking is not null))
                context.ReportDiagnostic(Diagnostic.Create(AnnotationRules.Widened, function.Location, function.Name, MemberName.Of(promise), function.Blocking is null ? function.Path : "[Blocking]"));
            else if (function is { Blocking: { ConstructorArguments.IsEmpty: true } known, NeedsBlocking: false })
                context.ReportDiagnostic(Diagnostic.Create(AnnotationRules.Unnecessary, Location(known), $"'{function.Name}' is found to block: {function.Path}"));
        }

        // An attribute may stand for several functions: the accessors of a property, the members of a type.
        foreach (var group in functions.Where(function => function.NonBlocking is not null).GroupBy(function => Location(function.NonBlocking!)))
        {
            AnnotatedFunction[] blocking = [.. group.Where(function => function.LeadsToBlocking).OrderBy(function => function.Path, StringComparer.Ordinal)];
            AnnotatedFunction first = group.First();
            if (blocking.Length > 0 && first.NonBlocking!.ConstructorArguments.IsEmpty)
                context.ReportDiagnostic(Diagnostic.Create(AnnotationRules.Contradicted, group.Key, blocking[0].Name, blocking[0].Path));
            else if (!group.Any(function => function.NeedsNonBlocking))
                context.ReportDiagnostic(Diagnostic.Create(AnnotationRules.Unnecessary, group.Key, $"'{first.Name}' would not be found to block without it"));
        }
    }

    private static Location Location(AttributeData attribute) => attribute.ApplicationSyntaxReference is { } syntax
        ? Microsoft.CodeAnalysis.Location.Create(syntax.SyntaxTree, syntax.Span)
        : Microsoft.CodeAnalysis.Location.None;
}
