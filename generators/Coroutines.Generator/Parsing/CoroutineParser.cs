using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>A parsed method, before lowering.</summary>
/// <param name="Locals">The local functions that became methods, those inside them included.</param>
internal sealed record ParsedCoroutine(Signature Signature, SourceContext Context, EquatableArray<Callee> Callees,
    EquatableArray<Statement> Body, EquatableArray<Variable> Variables, EquatableArray<Code> Preamble, EquatableArray<string> Labels, EquatableArray<Closure> Closures, string Prefix,
    EquatableArray<AccessorClass> Accessors, EquatableArray<ParsedLocal> Locals);

internal sealed record ParsedLocal(LocalFunctionStatementSyntax Syntax, ParsedCoroutine Coroutine);

/// <summary>From one method to its IR, or a refusal thrown from wherever the reason is found.</summary>
internal static class CoroutineParser
{
    /// <param name="leftAlone">Local functions that are coroutines and have been refused.</param>
    public static ParsedCoroutine Parse(IMethodSymbol method, MethodDeclarationSyntax syntax, SemanticModel semantics, IReadOnlyCollection<SyntaxNode> leftAlone, CancellationToken cancellation)
    {
        MethodRules.Check(method, syntax, semantics, cancellation);
        SyntaxNode body = (SyntaxNode?)syntax.Body ?? syntax.ExpressionBody!.Expression;
        var context = new BodyContext(method, SignatureParser.Parse(method), body, semantics, GeneratedNames.PrefixFor(syntax), leftAlone);
        cancellation.ThrowIfCancellationRequested();
        VariableScan.Run(context);
        return Parse(context, SourceContextParser.Parse(syntax, semantics)) with { Locals = context.Locals.ToEquatableArray() };
    }

    /// <summary>A local function with a frame of its own. What it needs of the body around it, it is given as arguments.</summary>
    public static void ParseLocal(LocalFunctionStatementSyntax syntax, BodyContext outer)
    {
        try
        {
            var function = (IMethodSymbol)outer.Semantics.GetDeclaredSymbol(syntax)!;
            MethodRules.Check(function, syntax);
            SyntaxNode body = (SyntaxNode?)syntax.Body ?? syntax.ExpressionBody!.Expression;
            var context = new BodyContext(function, outer.Functions.CoroutineOf(function)!, body, outer.Semantics, outer.Prefix, outer.LeftAlone);
            OuterScope.Adopt(context, outer, function);
            SourceContext source = SourceContextParser.Parse(syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>()!, outer.Semantics);
            outer.Locals.Add(new(syntax, Parse(context, source)));
            outer.Locals.AddRange(context.Locals);
        }
        catch (RefusedException refused) when (refused.Function is null)
        {
            throw refused.In(syntax);
        }
    }

    private static ParsedCoroutine Parse(BodyContext context, SourceContext source)
    {
        Signature signature = context.Signature;
        var statements = new StatementParser(context).ParseBody(context.Body, hasResult: signature is { Result: not null, IsStream: false });
        return new(signature, source, context.Callees.All.ToEquatableArray(), statements,
            context.Variables.ToEquatableArray(), context.Preamble.ToEquatableArray(), context.Labels.ToEquatableArray(), context.Closures.All.ToEquatableArray(), context.Prefix, context.Accessors.All.ToEquatableArray(), []);
    }
}
