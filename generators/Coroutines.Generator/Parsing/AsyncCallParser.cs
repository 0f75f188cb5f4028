using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>The awaits that the language makes without writing them: <c>MoveNextAsync</c> and <c>DisposeAsync</c>.</summary>
internal sealed class AsyncCallParser(BodyContext context, AwaitParser awaits)
{
    private const string AsyncDisposable = "global::System.IAsyncDisposable";

    /// <summary><c>await variable.method()</c>.</summary>
    /// <param name="cast">The interface through which the method is called; empty for a call by name.</param>
    public Await Call(int variable, ITypeSymbol type, IMethodSymbol method, SyntaxNode where, string cast = "")
    {
        ITypeSymbol awaitable = method.ReturnType;
        if (Member(awaitable, "GetAwaiter", where) is not { } get || Member(get.ReturnType, "GetResult", where) is not { } result)
            throw new RefusedException(Refusals.AwaitPosition, $"what {method.Name} returns", where);
        int callee = context.Callees.IndexOf(method, throughBase: false);
        Part name = callee < 0 ? Part.Of(SignatureParser.Escape(method.Name)) : new(PartKind.Callee, "", callee);
        string open = cast.Length == 0 ? "" : $"(({cast})", close = cast.Length == 0 ? "." : ").";
        Code template = StreamReads.Open(type, method) is { } read
            ? new([Part.Of(read), Part.Operand(0), Part.Of(")")])
            : new([Part.Of(open), Part.Operand(0), Part.Of(close), name, Part.Of("()")]);
        var receiver = new Operand(new Verbatim(Code.Variable(variable)), TypeText.Describe(type), true);
        bool isInPlace = callee >= 0 && AwaitParser.IsCoroutine(awaitable) && type.IsReferenceType && method.Parameters.IsEmpty;
        CoroutineCall? call = isInPlace ? AwaitParser.Started(method, callee, "", ["__this"]) : null;
        return awaits.Of(awaitable, get.ReturnType, result, new(template, [receiver]), call, where, $"{context.Variables[variable].Name}.{method.Name}()");
    }

    /// <summary>As the compiler disposes: by the public method if there is one, else through the interface; nothing for null.</summary>
    public Block Dispose(int variable, ITypeSymbol type, SyntaxNode where)
    {
        IMethodSymbol? method = Member(type, "DisposeAsync", where);
        bool throughInterface = method is null;
        method ??= type.AllInterfaces.FirstOrDefault(i => i.ToDisplayString() == "System.IAsyncDisposable")?.GetMembers("DisposeAsync").OfType<IMethodSymbol>().FirstOrDefault();
        bool isBoxed = throughInterface && !type.IsReferenceType;
        if (method is null || isBoxed || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) throw new RefusedException(Refusals.Disposal, type.ToDisplayString(), where);
        Statement dispose = new Evaluate(Call(variable, type, method, where, throughInterface ? AsyncDisposable : ""));
        if (type.IsValueType) return new([dispose]);
        return new([new If(new Verbatim(new([Part.Variable(variable), Part.Of(" != null")])), new Block([dispose]), null)]);
    }

    /// <summary>An accessible method that can be called without arguments, as the compiler finds it by its name.</summary>
    private IMethodSymbol? Member(ITypeSymbol type, string name, SyntaxNode where) =>
        context.Semantics.LookupSymbols(where.SpanStart, type, name).OfType<IMethodSymbol>()
            .FirstOrDefault(m => !m.IsStatic && !m.IsGenericMethod && m.Parameters.All(p => p.IsOptional || p.IsParams));
}
