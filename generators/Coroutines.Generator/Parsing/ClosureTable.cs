using System.Globalization;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Coroutines.Generator.Parsing;

/// <summary>The closures of a body, one for each scope that declares captured variables.</summary>
internal sealed class ClosureTable(BodyContext context)
{
    private readonly Dictionary<SyntaxNode, int> _byScope = [];
    private readonly Dictionary<int, List<ClosureDelegate>> _delegates = [];
    private readonly Dictionary<(int Closure, string Type, string Function), string> _fields = [];
    private readonly List<(int Parameter, int Captured)> _parameters = [];
    private readonly Dictionary<int, (SyntaxNode Scope, ClosureTable Owner, int Id)> _adopted = [];

    /// <summary>As they are once the body is parsed.</summary>
    public IEnumerable<Closure> All => _byScope.Values.OrderBy(id => id).Select((id, index) =>
        new Closure(id, NameOf(index + 1), context.Variables[id].Type.Visibility, [.. _delegates[id]]));

    /// <summary>Makes a variable a field of its scope's closure.</summary>
    public void Capture(int variable, SyntaxNode scope)
    {
        if (!_byScope.TryGetValue(scope, out int closure))
        {
            string type = NameOf(_byScope.Count + 1) + context.Signature.TypeParameterList;
            // It has the coroutine's type parameters, and so its constraints.
            closure = context.Temporary(new(type, true, false, context.Signature.SignatureVisibility), "closure");
            _byScope.Add(scope, closure);
            _delegates.Add(closure, []);
        }
        context.Variables[variable] = context.Variables[variable] with { Closure = closure };
        VariableType own = context.Variables[closure].Type;
        context.Variables[closure] = context.Variables[closure] with { Type = own with { Visibility = TypeText.Least(own.Visibility, context.Variables[variable].Type.Visibility) } };
    }

    public void CaptureParameter(int parameter, int captured)
    {
        Capture(captured, context.Body);
        _parameters.Add((parameter, captured));
    }

    /// <summary>Makes a variable stand for a closure of the body around this one.</summary>
    public void Adopt(int variable, ClosureTable owner, int closure) => _adopted.Add(variable, (owner.ScopeOf(closure), owner, closure));

    public bool IsScope(SyntaxNode node) => _byScope.ContainsKey(node);

    /// <summary>What happens on entry to a scope: a new object, and, for the outermost, the parameters go there.</summary>
    public IEnumerable<Statement> Enter(SyntaxNode scope)
    {
        if (!_byScope.TryGetValue(scope, out int closure)) yield break;
        yield return new Declare(closure);
        yield return new Leaf(new([Part.Definition(closure), Part.Of($" = new {context.Variables[closure].Type.Text}();")]));
        if (scope != context.Body) yield break;
        foreach (var (parameter, captured) in _parameters)
            yield return new Leaf(new([Part.Definition(captured), Part.Of(" = "), Part.Variable(parameter), Part.Of(";")]));
    }

    /// <summary>The closure whose scope is inside the scopes of all the others.</summary>
    public int Innermost(IEnumerable<int> closures) =>
        closures.OrderByDescending(closure => ScopeOf(closure).SpanStart).ThenBy(closure => ScopeOf(closure).Span.Length).First();

    /// <summary>The field that keeps the delegates of one type for one function.</summary>
    public string Delegate(int closure, string type, string function)
    {
        if (_adopted.TryGetValue(closure, out var adopted)) return adopted.Owner.Delegate(adopted.Id, type, function);
        if (!_fields.TryGetValue((closure, type, function), out string? field))
        {
            _fields.Add((closure, type, function), field = $"__delegate{_fields.Count.ToString(CultureInfo.InvariantCulture)}");
            _delegates[closure].Add(new(type, field));
        }
        return field;
    }

    private SyntaxNode ScopeOf(int closure) => _adopted.TryGetValue(closure, out var adopted) ? adopted.Scope : _byScope.First(entry => entry.Value == closure).Key;

    private string NameOf(int number) => GeneratedNames.NestedOf(context.Method.ContainingType, $"{context.Signature.Stem}__Closure{number.ToString(CultureInfo.InvariantCulture)}");
}
