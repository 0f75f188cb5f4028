using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>Rewrites statements bottom-up. The rewrite answers null for what it leaves alone; untouched trees stay the same instances.</summary>
internal sealed class StatementRewriter(Func<Statement, IEnumerable<Statement>?> rewrite)
{
    public EquatableArray<Statement> Rewrite(EquatableArray<Statement> statements)
    {
        List<Statement>? changed = null;
        for (int i = 0; i < statements.Count; i++)
        {
            Statement inner = Children(statements[i]);
            IEnumerable<Statement>? replacement = rewrite(inner);
            if (changed is null && replacement is null && ReferenceEquals(inner, statements[i])) continue;
            changed ??= [.. statements.Take(i)];
            changed.AddRange(replacement ?? [inner]);
        }
        return changed?.ToEquatableArray() ?? statements;
    }

    private Statement Single(Statement statement)
    {
        Statement inner = Children(statement);
        return rewrite(inner) is { } replacement ? new Block(replacement.ToEquatableArray()) : inner;
    }

    private Statement Children(Statement statement)
    {
        switch (statement)
        {
            case Block s: return Rewrite(s.Body) is var body && Same(body, s.Body) ? s : s with { Body = body };
            case Try s: return Rewrite(s.Body) is var tried && Same(tried, s.Body) ? s : s with { Body = tried };
            case HandledTry s: return Handled(s);
            case Using s: return Rewrite(s.Body) is var used && Same(used, s.Body) ? s : s with { Body = used };
            case ForEach s: return Single(s.Body) is var each && ReferenceEquals(each, s.Body) ? s : s with { Body = each };
            case AwaitForEach s: return Single(s.Body) is var taken && ReferenceEquals(taken, s.Body) ? s : s with { Body = taken };
            case ReadStream s: return Single(s.Body) is var read && ReferenceEquals(read, s.Body) ? s : s with { Body = read };
            case Loop s: return Single(s.Body) is var looped && ReferenceEquals(looped, s.Body) ? s : s with { Body = looped };
            case If s:
                Statement then = Single(s.Then);
                Statement? other = s.Else is null ? null : Single(s.Else);
                return ReferenceEquals(then, s.Then) && ReferenceEquals(other, s.Else) ? s : s with { Then = then, Else = other };
            case Switch s:
                var sections = s.Sections.Select(x => Rewrite(x.Body) is var b && Same(b, x.Body) ? x : x with { Body = b }).ToEquatableArray();
                return sections.Zip(s.Sections, (a, b) => ReferenceEquals(a, b)).All(same => same) ? s : s with { Sections = sections };
            default: return statement;
        }
    }

    private HandledTry Handled(HandledTry s)
    {
        var body = Rewrite(s.Body);
        var catches = s.Catches.Select(c => c.Body is { } handler && Children(handler) is Block inner && !ReferenceEquals(inner, handler) ? c with { Body = inner } : c).ToEquatableArray();
        var last = s.SuspendingFinally is { } block ? (Block)Children(block) : null;
        bool isSame = Same(body, s.Body) && ReferenceEquals(last, s.SuspendingFinally) && catches.Zip(s.Catches, (a, b) => ReferenceEquals(a, b)).All(same => same);
        return isSame ? s : s with { Body = body, Catches = catches, SuspendingFinally = last };
    }

    private static bool Same(EquatableArray<Statement> left, EquatableArray<Statement> right) =>
        left.Count == right.Count && left.Zip(right, (a, b) => ReferenceEquals(a, b)).All(same => same);
}
