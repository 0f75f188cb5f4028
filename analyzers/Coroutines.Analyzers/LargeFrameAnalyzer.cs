using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO240: the frame of a coroutine, with the frames of those it awaits in place, is larger than a kibibyte.</summary>
/// <remarks>It adds up what the generator adds up, so the two cannot disagree.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LargeFrameAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LoweringRules.LargeFrame];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterSyntaxNodeAction(node => Analyze(node, symbols), SyntaxKind.MethodDeclaration);

    private static void Analyze(SyntaxNodeAnalysisContext context, CoroutineSymbols symbols)
    {
        var syntax = (MethodDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not { } method
            || !symbols.HasCoroutineAttribute(method))
        {
            return;
        }

        if (KnownVerdicts.Of(context.Compilation).About(method, context.CancellationToken) is not { IsGenerated: true } verdict)
            return;
        if (FrameEstimate.Exceeds(FrameReport.Large, verdict, context.Compilation, context.CancellationToken, out int bytes))
            context.ReportDiagnostic(Diagnostic.Create(LoweringRules.LargeFrame, syntax.Identifier.GetLocation(), method.Name, bytes));
    }
}
