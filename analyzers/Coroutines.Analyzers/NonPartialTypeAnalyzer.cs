using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>CORO408: a type that declares coroutines, or a type around it, is not partial. Reported once, at the declaring type.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NonPartialTypeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DeclarationRules.NonPartialType];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (CoroutineSymbols.Resolve(start.Compilation, start.Options) is { } symbols)
                start.RegisterSymbolAction(symbol => Analyze(symbol, symbols), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, CoroutineSymbols symbols)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (FirstCoroutine(type, symbols) is not { } coroutine)
            return;

        TypeDeclarationSyntax[] closed = [.. Declarations(type, context.CancellationToken).Where(declaration => !IsPartial(declaration))];
        if (closed.Length == 0)
            return;

        string names = string.Join(" and ", closed.Select(declaration => $"'{declaration.Identifier.ValueText}'"));
        context.ReportDiagnostic(Diagnostic.Create(
            DeclarationRules.NonPartialType, type.Locations[0], type.Name, coroutine.Name, names));
    }

    private static IMethodSymbol? FirstCoroutine(INamedTypeSymbol type, CoroutineSymbols symbols) =>
        type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(method => symbols.HasCoroutineAttribute(method));

    /// <summary>The type's declarations, innermost first. The implicit <c>Program</c> of top-level statements has none.</summary>
    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellation)
    {
        for (INamedTypeSymbol? around = type; around is not null; around = around.ContainingType)
        {
            foreach (SyntaxReference reference in around.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration)
                    yield return declaration;
            }
        }
    }

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);
}
