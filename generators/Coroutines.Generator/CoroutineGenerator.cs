using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Emission;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Lowering.Analysis;
using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator;

/// <summary>Wiring only. All outputs are implementation outputs: nothing here runs while the user types.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CoroutineGenerator : IIncrementalGenerator
{
    public const string VerdictStep = "Verdict", ModelStep = "Model", PlansStep = "Plans", PlannedStep = "Planned", PublishedStep = "Published", ReportStep = "Report", CallSiteStep = "CallSites", InterceptorStep = "Interceptors";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Verdict> verdicts = context.SyntaxProvider.ForAttributeWithMetadataName(
            SignatureParser.AttributeName,
            static (node, _) => node is MethodDeclarationSyntax,
            static (c, cancellation) => Pending<Verdict>.Begin(
                () => CoroutineAcceptance.CheckWithCalls((IMethodSymbol)c.TargetSymbol, (MethodDeclarationSyntax)c.TargetNode, c.SemanticModel, cancellation),
                c.SemanticModel.Compilation.Options.ConcurrentBuild, cancellation))
            .Select(static (pending, _) => pending.Result).WithTrackingName(VerdictStep);

        IncrementalValuesProvider<CoroutineModel> models = verdicts
            .SelectMany(static (v, _) => v.Models).WithTrackingName(ModelStep);

        IncrementalValueProvider<CoroutinePlans> plans = models
            .Select(static (model, _) => CallNode.Of(model)).Collect()
            .Select(static (nodes, _) => nodes.ToEquatableArray())
            .Select(static (nodes, _) => CallGraphAnalysis.Run(nodes)).WithTrackingName(PlansStep);

        IncrementalValuesProvider<PlannedCoroutine> planned = models.Combine(plans)
            .Select(static (pair, _) => new PlannedCoroutine(pair.Left, pair.Right.Find(pair.Left.Signature.Id)!)).WithTrackingName(PlannedStep);

        context.RegisterImplementationSourceOutput(planned, static (output, coroutine) =>
            output.AddSource(CoroutineWriter.HintName(coroutine.Model.Signature), CoroutineWriter.Write(coroutine)));

        IncrementalValueProvider<EquatableArray<PublishedFrame>> published = planned
            .Select(static (coroutine, _) => PublishedFrame.Of(coroutine)).Where(static frame => frame is not null).Collect()
            .Select(static (frames, _) => frames.Select(f => f!).OrderBy(f => f.Method, StringComparer.Ordinal).ToEquatableArray()).WithTrackingName(PublishedStep);

        context.RegisterImplementationSourceOutput(published, static (output, frames) =>
        {
            if (!frames.IsEmpty) output.AddSource("Coroutines.Frames.g.cs", FrameMapWriter.Write(frames));
        });

        IncrementalValueProvider<bool> isReported = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue(FrameReport.Property, out string? value) && bool.TryParse(value, out bool reported) && reported);

        IncrementalValueProvider<EquatableArray<FrameReport>> report = planned.Combine(plans).Combine(isReported).Where(static input => input.Right)
            .Select(static (input, _) => FrameReport.Of(input.Left.Left, input.Left.Right.BytesOf(input.Left.Left.Model.Signature.Id))).Collect()
            .Select(static (frames, _) => frames.ToEquatableArray()).WithTrackingName(ReportStep);

        context.RegisterImplementationSourceOutput(report.Combine(isReported), static (output, input) =>
        {
            if (input.Right) output.AddSource(FrameReport.HintName, ReportWriter.Write(input.Left));
        });

        IncrementalValueProvider<EquatableArray<CallSite>> calls = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is InvocationExpressionSyntax call && CallEdits.NameToken(call) is not null,
            static (c, cancellation) => CallSiteParser.ParseOutside((InvocationExpressionSyntax)c.Node, c.SemanticModel, cancellation))
            .Where(static site => site is not null).Select(static (site, _) => site!).WithTrackingName(CallSiteStep)
            .Collect().Combine(verdicts.SelectMany(static (v, _) => v.Calls).Collect()).Select(static (sites, _) => sites.Left.Concat(sites.Right).ToEquatableArray());

        IncrementalValueProvider<InterceptorNamespaces> namespaces = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            InterceptorNamespaces.Parse(options.GlobalOptions.TryGetValue(InterceptorNamespaces.Property, out string? value) ? value : ""));

        IncrementalValueProvider<Interception> interception = calls.Combine(plans).Combine(namespaces)
            .Select(static (input, _) => Interception.Of(input.Left.Left, input.Left.Right, input.Right)).WithTrackingName(InterceptorStep);

        context.RegisterImplementationSourceOutput(interception, static (output, all) =>
        {
            if (!all.Groups.IsEmpty) output.AddSource("Coroutines.Interceptors.g.cs", InterceptorWriter.Write(all));
        });
    }
}
