using System.Text.RegularExpressions;
using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Parsing;

/// <summary>Decides what an await waits for, from the static types, as the C# compiler does.</summary>
internal sealed class AwaitParser(BodyContext context, OperandParser operands)
{
    private const string Services = "Coroutines.CompilerServices";

    public Await Parse(AwaitExpressionSyntax await)
    {
        ExpressionSyntax awaited = await.Expression;
        while (awaited is ParenthesizedExpressionSyntax parenthesized) awaited = parenthesized.Expression;
        if (Iterator(awaited, await) is { } iterator) return iterator;
        AwaitExpressionInfo info = context.Semantics.GetAwaitExpressionInfo(await);
        ITypeSymbol? type = context.Semantics.GetTypeInfo(awaited).Type;
        if (info.IsDynamic || type is IDynamicTypeSymbol) return Dynamic(awaited, await);
        if (info.GetAwaiterMethod?.ReturnType is not { } awaiter || info.GetResultMethod is not { } getResult || type is null)
            throw new RefusedException(Refusals.Binding, await.ToString(), await);

        Await parsed = Of(type, awaiter, getResult, Operand(awaited, type, out CoroutineCall? call), call, await, await.ToString());
        return parsed.Kind == AwaitKind.Foreign && StreamReads.AreIn(awaited, context.Semantics) ? parsed with { TakesStreams = true } : parsed;
    }

    private Await Dynamic(ExpressionSyntax awaited, AwaitExpressionSyntax await)
    {
        VariableType awaiter = TypeText.Describe(context.Semantics.Compilation.ObjectType), result = TypeText.Describe(context.Semantics.Compilation.DynamicType);
        return new(Whole(awaited), AwaitKind.Dynamic, null, awaiter, false, result, context.SpanOf(await), Shown(await));
    }

    /// <summary>The await of a generator-style coroutine that is called on the spot, as an iterator or <c>AsCoroutine()</c>; null for anything else.</summary>
    public Await? Iterator(ExpressionSyntax awaited, SyntaxNode where)
    {
        if ((CallEdits.Adapted(awaited, context.Semantics) ?? awaited) is not InvocationExpressionSyntax called
            || context.Semantics.GetSymbolInfo(called).Symbol is not IMethodSymbol method || !SignatureParser.IsIterator(method)
            || context.Callees.IndexOf(method, CallEdits.IsThroughBase(called)) is not (>= 0 and var callee)) return null;
        CoroutineCall? call = Call(called, out Operation? started);
        Operation operand = started ?? Whole(called);
        operand = operand with { Template = operand.Template + new Code([new(PartKind.Adapter, ".GetAwaiter()", callee)]) };
        return new(operand, AwaitKind.Coroutine, call, null, false, null, context.SpanOf(where), Shown(where));
    }

    /// <summary>The operand of an await: a coroutine that is called on the spot is taken apart, so that it can be started in place.</summary>
    public Operation Operand(ExpressionSyntax awaited, ITypeSymbol type, out CoroutineCall? call)
    {
        Operation? started = null;
        call = IsCoroutine(type) && awaited is InvocationExpressionSyntax invocation ? Call(invocation, out started) : null;
        return started ?? Whole(awaited);
    }

    public static string Shown(SyntaxNode node) => Shown(node.ToString());

    private static string Shown(string source) => Regex.Replace(source, @"\s+", " ");

    public Await Of(ITypeSymbol type, ITypeSymbol awaiter, IMethodSymbol getResult, Operation operand, CoroutineCall? call, SyntaxNode await, string source)
    {
        VariableType? result = getResult.ReturnsVoid ? null : Result(getResult.ReturnType, await);
        SourceSpan? span = context.SpanOf(await);
        string text = Shown(source);
        if (IsCoroutine(type)) return new(operand, AwaitKind.Coroutine, call, null, false, result, span, text);
        // What others make awaitable by lending the awaiter of a coroutine runs in place like one.
        if (awaiter.ContainingType is { } lender && IsCoroutine(lender))
            return new(operand with { Template = Code.Of("(") + operand.Template + ").GetAwaiter()" }, AwaitKind.Coroutine, null, null, false, result, span, text);
        if (awaiter.IsRefLikeType || !TypeText.CanBeNamed(awaiter) || type.IsRefLikeType) throw new RefusedException(Refusals.AwaitPosition, $"an awaiter of type {awaiter.Name}", await);
        AwaitKind kind = Implements(awaiter, "ISignalAwaiter", Services) ? AwaitKind.Signal
            : Implements(awaiter, "ILoopAwaiter", Services) ? AwaitKind.Loop : AwaitKind.Foreign;
        bool isCritical = Implements(awaiter, "ICriticalNotifyCompletion", "System.Runtime.CompilerServices");
        return new(operand, kind, null, TypeText.Describe(awaiter), isCritical, result, span, text);
    }

    /// <summary>A type whose value cannot be kept as a temporary still can be awaited for nothing, or directly into what it initialises.</summary>
    private static VariableType Result(ITypeSymbol type, SyntaxNode where) =>
        type is IDynamicTypeSymbol || TypeText.CanBeNamed(type) ? TypeText.Describe(type) : throw new RefusedException(Refusals.Variable, type.Name, where);

    public Operation Whole(ExpressionSyntax awaited) =>
        new(new Code([Part.Operand(0)]), [operands.Operand(awaited, siblingsArePure: false)]);

    public CoroutineCall? Call(InvocationExpressionSyntax call, out Operation? operation)
    {
        operation = null;
        if (context.Semantics.GetSymbolInfo(call).Symbol is not IMethodSymbol method) return null;
        bool throughBase = CallEdits.IsThroughBase(call);
        int callee = context.CalleeOf(method, throughBase);
        if (callee < 0 || !IsPlain(call, method)) return null;

        IMethodSymbol target = method.ReducedFrom switch
        {
            null => method,
            { IsGenericMethod: true } reduced => reduced.Construct([.. TypeArguments(method, reduced)]),
            { } reduced => reduced,
        };
        var nodes = new List<ExpressionSyntax>();
        var fields = new List<string>();
        Signature? local = method.MethodKind == MethodKind.LocalFunction ? context.Functions.CoroutineOf(method) : null;
        string receiver = local is { Receiver: ReceiverKind.Class } ? "this" : "";
        if (local is not null)
        {
            if (call.Expression is not SimpleNameSyntax) return null;
        }
        else if (method.ReducedFrom is not null)
        {
            if (call.Expression is not MemberAccessExpressionSyntax access) return null;
            nodes.Add(access.Expression);
        }
        else if (!method.IsStatic)
        {
            switch (call.Expression)
            {
                case SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax }:
                    receiver = "this";
                    break;
                case MemberAccessExpressionSyntax access when method.ContainingType.IsReferenceType:
                    nodes.Add(access.Expression);
                    fields.Add("__this");
                    break;
                default:
                    return null;
            }
        }
        if (Started(target, callee, receiver, fields, local is null ? "" : local.FrameName + context.Functions.TypeArguments(method)) is not { } started) return null;
        nodes.AddRange(call.ArgumentList.Arguments.Select(a => a.Expression));
        operation = operands.Split(call, nodes);
        IEnumerable<Operand> defaults = method.Parameters.Skip(call.ArgumentList.Arguments.Count).Select(Default);
        operation = operation with { Operands = operation.Operands.Concat(defaults).ToEquatableArray() };
        return local is null ? started : WithClosures(started, method, local, ref operation);
    }

    private CoroutineCall WithClosures(CoroutineCall started, IMethodSymbol function, Signature local, ref Operation operation)
    {
        IReadOnlyList<int> closures = context.Functions.ClosuresOf(function);
        var operands = closures.Select(closure => new Operand(new Verbatim(Code.Variable(closure)), context.Variables[closure].Type, true));
        operation = operation with { Operands = operation.Operands.Concat(operands).ToEquatableArray() };
        return started with { Fields = started.Fields.Concat(local.Parameters.Take(closures.Count).Select(p => p.Field)).ToEquatableArray() };
    }

    /// <param name="fields">The receiver's field, if it is an operand; those of the arguments follow.</param>
    /// <param name="nested">The frame of a local function; empty for a method's.</param>
    public static CoroutineCall? Started(IMethodSymbol target, int callee, string receiver, IEnumerable<string> fields, string nested = "")
    {
        if (!target.TypeArguments.All(TypeText.CanBeNamed) || !TypeText.CanBeNamed(target.ContainingType)) return null;
        string arguments = target.TypeArguments.IsEmpty ? "" : "<" + string.Join(", ", target.TypeArguments.Select(TypeText.Of)) + ">";
        string frame = $"{TypeText.Of(target.ContainingType).TrimEnd('?')}.{(nested.Length > 0 ? nested : $"{SignatureParser.StemOf(target)}__Frame{arguments}")}";
        Visibility visibility = SignatureParser.Enclosing(target.ContainingType).SelectMany(t => t.TypeArguments).Concat(target.TypeArguments)
            .Aggregate(Visibility.Public, (least, type) => TypeText.Least(least, TypeText.VisibilityOf(type)));
        return new(callee, frame, receiver, fields.Concat(target.Parameters.Select(SignatureParser.FieldOf)).ToEquatableArray(), visibility);
    }

    private static IEnumerable<ITypeSymbol> TypeArguments(IMethodSymbol method, IMethodSymbol reduced) =>
        reduced.TypeParameters.Select(p => method.GetTypeInferredDuringReduction(p) ?? method.TypeArguments[method.TypeParameters.ToList().FindIndex(q => q.Name == p.Name)]);

    private static Operand Default(IParameterSymbol parameter) =>
        new(new Verbatim(SignatureParser.DefaultOf(parameter)), TypeText.Describe(parameter.Type), true);

    /// <summary>
    /// One positional argument by value for every parameter but the last ones, which may have a constant default; everything else goes through the factory, which
    /// has the user's signature.
    /// </summary>
    private bool IsPlain(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count > method.Parameters.Length || arguments.Any(a => a.NameColon is not null || a.RefKindKeyword.RawKind != 0)) return false;
        // What the compiler fills in for the place of the call is known only to the call.
        if (method.Parameters.Skip(arguments.Count).Any(p => !p.HasExplicitDefaultValue || p.GetAttributes().Any(a => a.AttributeClass?.Name.StartsWith("Caller", StringComparison.Ordinal) == true))) return false;
        if (arguments.Count < method.Parameters.Length || method.Parameters.LastOrDefault() is not { IsParams: true } last) return true;
        // In expanded form the last argument is converted to the element, not to the collection.
        return SymbolEqualityComparer.Default.Equals(context.Semantics.GetTypeInfo(arguments.Last().Expression).ConvertedType, last.Type);
    }

    public static bool IsCoroutine(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Coroutine", ContainingNamespace: { Name: "Coroutines", ContainingNamespace.IsGlobalNamespace: true }, ContainingType: null };

    private static bool Implements(ITypeSymbol type, string name, string @namespace) =>
        type.AllInterfaces.Append(type).Any(i => i.Name == name && i.ContainingNamespace?.ToDisplayString() == @namespace);
}
