using System.Collections.Immutable;
using Coroutines.Analyzers.Rules;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers;

/// <summary>CORO302: a <c>lock</c> statement in a coroutine.</summary>
/// <remarks>A lock that code outside coroutines takes too may be there for other threads, and is left alone.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NeedlessLockAnalyzer : LibraryAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ThreadRules.NeedlessLock];

    private protected override void Start(CompilationStartAnalysisContext start, CoroutineSymbols symbols) =>
        start.RegisterOperationAction(context => Analyze(context, symbols), OperationKind.Lock);

    private static void Analyze(OperationAnalysisContext context, CoroutineSymbols symbols)
    {
        var @lock = (ILockOperation)context.Operation;
        if (EnclosingFunction.Of(@lock, context.ContainingSymbol) is not { } function
            || !symbols.RunsOnLoop(function)
            || IsTakenElsewhere(@lock, symbols, context.CancellationToken))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            ThreadRules.NeedlessLock, ((LockStatementSyntax)@lock.Syntax).LockKeyword.GetLocation(), @lock.LockedValue.Syntax.ToString(), FunctionName.Of(function)));
    }

    private static bool IsTakenElsewhere(ILockOperation @lock, CoroutineSymbols symbols, CancellationToken cancellation)
    {
        string name = LastName(@lock.LockedValue.Syntax);
        SemanticModel model = @lock.SemanticModel!;
        return @lock.Syntax.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault() is { } type
            && type.DescendantNodes().OfType<LockStatementSyntax>().Any(other =>
                other != @lock.Syntax
                && LastName(other.Expression) == name
                && model.GetOperation(other, cancellation) is { } operation
                && EnclosingFunction.Of(operation, model.GetEnclosingSymbol(other.SpanStart, cancellation)!) is { } function
                && !symbols.RunsOnLoop(function));
    }

    private static string LastName(SyntaxNode expression) =>
        expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : expression.ToString();
}
