using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Loops that contain a suspension.</summary>
internal sealed class IterationParser(BodyContext context, LeafParser leaves, ExpressionParser expressions, StatementParser statements, StreamParser streams)
{
    public Statement While(WhileStatementSyntax loop)
    {
        var (@break, @continue) = Targets(loop, "while");
        // A condition's variables are new in each iteration: declared where the loop continues.
        IEnumerable<Statement> declared = statements.ExpressionVariables(loop.Condition);
        if (context.Closures.IsScope(loop))
        {
            var test = new Branch(expressions.Condition(loop.Condition), false, @break);
            return new Loop([], null, true, [], new Block([.. context.Closures.Enter(loop), .. declared, test, statements.Body(loop.Statement)]), @break, @continue);
        }
        EquatableArray<Statement> body = [.. declared, statements.Body(loop.Statement)];
        return new Loop([], Condition(loop.Condition), true, [], new Block(body), @break, @continue);
    }

    public Statement Do(DoStatementSyntax loop)
    {
        var (@break, @continue) = Targets(loop, "do");
        if (context.Closures.IsScope(loop.Condition)) return new Loop([], null, false, Test(loop.Condition, @break), statements.Body(loop.Statement), @break, @continue);
        return new Loop([], Condition(loop.Condition), false, [], statements.Body(loop.Statement), @break, @continue);
    }

    public Statement For(ForStatementSyntax loop)
    {
        var (@break, @continue) = Targets(loop, "for");
        IEnumerable<Statement> before = loop.Declaration is { } declaration
            ? new DeclarationParser(context, leaves, expressions).Variables(declaration)
            : loop.Initializers.Select(Effect);
        EquatableArray<Statement> after = loop.Incrementors.SelectMany(e => context.Closures.Enter(e).Append(Effect(e))).ToEquatableArray();
        if (loop.Condition is { } scope && context.Closures.IsScope(scope))
            return new Loop(before.ToEquatableArray(), null, true, after, new Block([.. Test(scope, @break), statements.Body(loop.Statement)]), @break, @continue);
        return new Loop(before.ToEquatableArray(), loop.Condition is { } condition ? Condition(condition) : null, true, after, statements.Body(loop.Statement), @break, @continue);
    }

    public Statement ForEach(CommonForEachStatementSyntax loop)
    {
        ForEachStatementInfo info = context.Semantics.GetForEachStatementInfo(loop);
        TypeInfo source = context.Semantics.GetTypeInfo(loop.Expression);
        // A dynamic value is converted to IEnumerable, which is what the compiler tells of the loop.
        if (source.Type is not { } type || !(type is IDynamicTypeSymbol || TypeText.CanBeKept(type)) || type.IsRefLikeType)
            throw new RefusedException(Refusals.Iteration, loop.Expression.ToString(), loop.Expression);
        var (@break, @continue) = Targets(loop, "foreach");
        var (element, declared) = Element(loop, info, type);
        bool isArray = type is IArrayTypeSymbol { Rank: 1 } || type.SpecialType == SpecialType.System_String;
        if (isArray)
        {
            return new ForEach(IterationKind.Array, expressions.Parse(loop.Expression), TypeText.Describe(type), null, ".Length", element, "", declared,
                statements.Body(loop.Statement), @break, @continue, context.SpanOf(loop.Expression));
        }
        if (type is IArrayTypeSymbol grid && TypeText.CanBeNamed(grid))
        {
            return new ForEach(IterationKind.Grid, expressions.Parse(loop.Expression), TypeText.Describe(type), TypeText.Describe(grid.ElementType), ".Length", element, "", declared,
                statements.Body(loop.Statement), @break, @continue, context.SpanOf(loop.Expression));
        }
        if (info.GetEnumeratorMethod is not { } get || get.ReturnType.IsRefLikeType) throw new RefusedException(Refusals.Iteration, loop.Expression.ToString(), loop.Expression);
        if (!TypeText.CanBeNamed(get.ReturnType)) return OverInterface(loop, type, element, declared, @break, @continue);

        Operation enumerator = Enumerator(loop, type, get);
        return new ForEach(IterationKind.Enumerator, enumerator, TypeText.Describe(type), TypeText.Describe(get.ReturnType), "", element, Dispose(get.ReturnType), declared,
            statements.Body(loop.Statement), @break, @continue, context.SpanOf(loop.Expression));
    }

    /// <summary>Elements of a type without a name: the enumerator may be a struct, which cannot be restored to be advanced, but that of the interface is an object.</summary>
    private Block OverInterface(CommonForEachStatementSyntax loop, ITypeSymbol type, Code element, EquatableArray<Statement> declared, int @break, int @continue)
    {
        var enumerable = type.AllInterfaces.Prepend(type).FirstOrDefault(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T);
        if (enumerable?.GetMembers("GetEnumerator").FirstOrDefault() is not IMethodSymbol { ReturnType: var enumerator } || !TypeText.CanBeKept(enumerable) || !TypeText.CanBeKept(enumerator))
            throw new RefusedException(Refusals.Iteration, loop.Expression.ToString(), loop.Expression);
        VariableType source = TypeText.Describe(enumerable);
        int id = context.Temporary(source, "source");
        var got = new Operation(new([Part.Operand(0), Part.Of(".GetEnumerator()")]), [new(new Verbatim(Code.Variable(id)), source, true)]);
        return new([
            new Assign(id, expressions.Parse(loop.Expression), context.SpanOf(loop.Expression)),
            new ForEach(IterationKind.Enumerator, got, source, TypeText.Describe(enumerator), "", element, Dispose(enumerator), declared, statements.Body(loop.Statement), @break, @continue, context.SpanOf(loop.Expression)),
        ]);
    }

    public Statement AwaitForEach(CommonForEachStatementSyntax loop)
    {
        ForEachStatementInfo info = context.Semantics.GetForEachStatementInfo(loop);
        if (context.Semantics.GetTypeInfo(loop.Expression).Type is not { } type || type is IDynamicTypeSymbol || !TypeText.CanBeNamed(type) || type.IsRefLikeType
            || info.GetEnumeratorMethod is not { } get || info.MoveNextMethod is not { } next || get.ReturnType.IsRefLikeType || !TypeText.CanBeNamed(get.ReturnType))
            throw new RefusedException(Refusals.Iteration, loop.Expression.ToString(), loop.Expression);
        var (@break, @continue) = Targets(loop, "foreach");
        var (element, declared) = Element(loop, info, type);
        if (streams.Source(loop.Expression) is { } source)
            return new ReadStream(source.Variable, source.Start, source.Next, source.Leave, element, declared, statements.Body(loop.Statement), @break, @continue);
        int enumerator = context.Temporary(TypeText.Describe(get.ReturnType), "enumerator");
        Await moveNext = expressions.AsyncCalls.Call(enumerator, get.ReturnType, next, loop.Expression);
        Block? dispose = info.DisposeMethod is null ? null : expressions.AsyncCalls.Dispose(enumerator, get.ReturnType, loop.Expression);
        return new AwaitForEach(enumerator, Enumerator(loop, type, get), moveNext, dispose, element, declared, statements.Body(loop.Statement), @break, @continue, context.SpanOf(loop.Expression));
    }

    /// <summary>The call of GetEnumerator, or of its asynchronous sister, which may be called without arguments.</summary>
    private Operation Enumerator(CommonForEachStatementSyntax loop, ITypeSymbol type, IMethodSymbol get)
    {
        bool throughInterface = !get.IsExtensionMethod && get.ContainingType.TypeKind == TypeKind.Interface && type.TypeKind != TypeKind.TypeParameter;
        string cast = throughInterface ? $"(({TypeText.Of(get.ContainingType)})" : "(";
        Code template = Code.Of(cast + "(") + new Code([Part.Operand(0)]) + $")).{get.Name}()";
        return new(template, [new(expressions.Parse(loop.Expression), TypeText.Describe(type), true)]);
    }

    /// <summary>The statement that takes one element (the operand) into the iteration variables.</summary>
    (Code Element, EquatableArray<Statement> Declared) Element(CommonForEachStatementSyntax loop, ForEachStatementInfo info, ITypeSymbol collection)
    {
        if (loop is ForEachStatementSyntax single)
        {
            if (context.Semantics.GetDeclaredSymbol(single) is not ILocalSymbol { RefKind: RefKind.None } local || context.LiftedId(local) is not { } id)
                throw new RefusedException(Refusals.Iteration, single.Identifier.Text, loop);
            ITypeSymbol? element = collection is IArrayTypeSymbol array ? array.ElementType : collection.SpecialType == SpecialType.System_String ? null : info.ElementType;
            bool converts = element is not null && !SymbolEqualityComparer.Default.Equals(element, local.Type);
            string cast = converts && local.Type is not IDynamicTypeSymbol ? $"({TypeText.Of(local.Type)}){(collection is IDynamicTypeSymbol ? "(dynamic)" : "")}" : "";
            string overflow = cast.Length > 0 ? OverflowEdits.Of(loop) : "";
            var (open, close) = overflow.Length > 0 ? ($"{overflow}({cast}", ");") : (cast, ";");
            return (new([Part.Definition(id), Part.Of(" = " + open), Part.Operand(0), Part.Of(close)], context.SpanOf(single.Identifier.Parent!) is null ? null : Header(single)), [.. context.Closures.Enter(loop), new Declare(id)]);
        }
        var deconstruction = (ForEachVariableStatementSyntax)loop;
        var ids = deconstruction.Variable.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Select(d => context.LiftedId(context.Semantics.GetDeclaredSymbol(d))).OfType<int>();
        return (leaves.Copy(deconstruction.Variable) + " = " + new Code([Part.Operand(0)]) + ";", [.. context.Closures.Enter(loop), .. ids.Select(id => new Declare(id))]);
    }

    private SourceSpan? Header(ForEachStatementSyntax loop)
    {
        SourceSpan? type = context.SpanOf(loop.Type);
        FileLinePositionSpan name = loop.SyntaxTree.GetLineSpan(loop.Identifier.Span);
        return type is null ? null : type with { EndLine = name.EndLinePosition.Line + 1, EndColumn = name.EndLinePosition.Character + 1 };
    }

    private static string Dispose(ITypeSymbol enumerator)
    {
        bool isDisposable = enumerator.AllInterfaces.Append(enumerator).Any(i => i.SpecialType == SpecialType.System_IDisposable);
        if (enumerator.IsValueType)
        {
            bool hasDispose = enumerator.GetMembers("Dispose").Any(m => m is IMethodSymbol { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public });
            return !isDisposable ? "" : hasDispose ? "{0}.Dispose();" : "((global::System.IDisposable){0}).Dispose();";
        }
        if (isDisposable) return "if ({0} != null) ((global::System.IDisposable){0}).Dispose();";
        return enumerator.IsSealed ? "" : "({0} as global::System.IDisposable)?.Dispose();";
    }

    private Expression? Condition(ExpressionSyntax condition) =>
        context.Semantics.GetConstantValue(condition) is { HasValue: true, Value: true } ? null : expressions.Condition(condition);

    /// <summary>A condition that declares captured variables is a scope of its own.</summary>
    private EquatableArray<Statement> Test(ExpressionSyntax condition, int @break) =>
        [.. context.Closures.Enter(condition), .. statements.ExpressionVariables(condition), new Branch(expressions.Condition(condition), false, @break)];

    private Statement Effect(ExpressionSyntax expression)
    {
        if (context.Suspensions.Contains(expression)) return new Evaluate(expressions.Parse(expression));
        return new Leaf(leaves.Copy(expression) + ";");
    }

    (int Break, int Continue) Targets(SyntaxNode loop, string name)
    {
        var labels = (context.NewLabel(name + "_end"), context.NewLabel(name + "_next"));
        context.SetTargets(loop, labels.Item1, labels.Item2);
        return labels;
    }
}
