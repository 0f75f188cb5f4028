using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Coroutines.Analyzers;

/// <summary>
/// Silences the compiler's "this call is not awaited" (CS4014) for calls that return a <c>CoroutineTask</c>: a spawned task runs whether or not
/// it is awaited, and a fault that nobody awaits is reported by the loop.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SpawnedTaskSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor s_spawned = new(
        "COROSPR001", "CS4014", "A spawned task runs without being awaited; the loop reports its fault if nobody does.");

    /// <inheritdoc />
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions => ImmutableArray.Create(s_spawned);

    /// <inheritdoc />
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call)
                continue;
            var type = context.GetSemanticModel(tree).GetTypeInfo(call, context.CancellationToken).Type;
            if (type is { Name: "CoroutineTask", ContainingNamespace: { Name: "Coroutines", ContainingNamespace.IsGlobalNamespace: true } })
                context.ReportSuppression(Suppression.Create(s_spawned, diagnostic));
        }
    }
}
