using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>
/// What tests of a code fix say. <c>Gives</c> fixes one finding, <c>GivesAll</c> all of them at once. What remains to be found in the
/// fixed source is marked in it, and the fixed source must compile.
/// </summary>
internal static class Fix<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private static readonly TAnalyzer s_analyzer = new();
    private static readonly TFix s_fix = new();

    public static async Task<string> Gives(string before, string after)
    {
        Project project = Project(before);
        var diagnostics = await Findings(project, before);
        CodeAction action = Assert.Single(await Actions(project.Documents.Last(), diagnostics[0]));
        await AssertFixed(project, action, after);
        return action.Title;
    }

    public static async Task GivesNothing(string before)
    {
        Project project = Project(before);
        foreach (Diagnostic diagnostic in await Findings(project, before))
            Assert.Empty(await Actions(project.Documents.Last(), diagnostic));
    }

    public static Task GivesAll(string before, string after) => GivesAll([before], [after]);

    public static async Task GivesAll(string[] before, string[] after)
    {
        Project project = Project(before);
        var diagnostics = await Findings(project, before);
        var context = new FixAllContext(
            project.Documents.Last(), s_fix, before.Length == 1 ? FixAllScope.Document : FixAllScope.Project,
            diagnostics[0].Id, s_fix.FixableDiagnosticIds, new Known(diagnostics), CancellationToken.None);
        CodeAction? action = await s_fix.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(action);
        await AssertFixed(project, action, after);
    }

    private static Project Project(params string[] marked) => TestProject.Create(marked.Select(source => Parse(source).Text));

    private static MarkedSource Parse(string marked) => MarkedSource.Parse(marked, Analyzer<TAnalyzer>.OnlyRule);

    private static async Task<IReadOnlyList<Diagnostic>> Findings(Project project, params string[] marked)
    {
        var diagnostics = await Analysis.Run(project, s_analyzer);
        foreach (var (document, source) in project.Documents.Skip(1).Zip(marked))
            Assert.Equal(Parse(source).Marked, await Analysis.Mark(document, diagnostics));
        return diagnostics;
    }

    private static async Task<IReadOnlyList<CodeAction>> Actions(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await s_fix.RegisterCodeFixesAsync(new CodeFixContext(
            document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static async Task AssertFixed(Project project, CodeAction action, params string[] after)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var change = Assert.Single(operations.OfType<ApplyChangesOperation>());
        Project changed = change.ChangedSolution.GetProject(project.Id)!;
        foreach (var (document, source) in changed.Documents.Skip(1).Zip(after))
            Assert.Equal(Parse(source).Text, (await document.GetTextAsync()).ToString());
        await Findings(changed, after);
    }

    private sealed class Known(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
