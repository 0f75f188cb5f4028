using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>A parsed method, before lowering.</summary>
internal sealed record ParsedCoroutine(Signature Signature, SourceContext Context, EquatableArray<Callee> Callees,
    EquatableArray<Statement> Body, EquatableArray<Variable> Variables, EquatableArray<Code> Preamble, EquatableArray<string> Labels, EquatableArray<Closure> Closures, string Prefix);

/// <summary>From one method to its IR, or a refusal thrown from wherever the reason is found.</summary>
internal static class CoroutineParser
{
    public static ParsedCoroutine Parse(IMethodSymbol method, MethodDeclarationSyntax syntax, SemanticModel semantics, CancellationToken cancellation)
    {
        MethodRules.Check(method, syntax, semantics, cancellation);
        SyntaxNode body = (SyntaxNode?)syntax.Body ?? syntax.ExpressionBody!.Expression;
        var context = new BodyContext(method, body, semantics, GeneratedNames.PrefixFor(syntax));
        cancellation.ThrowIfCancellationRequested();
        VariableScan.Run(context);
        Signature signature = SignatureParser.Parse(method);
        var statements = new StatementParser(context).ParseBody(body, hasResult: signature is { Result: not null, IsStream: false });
        return new(signature, SourceContextParser.Parse(syntax, semantics), context.Callees.All.ToEquatableArray(), statements,
            context.Variables.ToEquatableArray(), context.Preamble.ToEquatableArray(), context.Labels.ToEquatableArray(), context.Closures.All.ToEquatableArray(), context.Prefix);
    }
}
