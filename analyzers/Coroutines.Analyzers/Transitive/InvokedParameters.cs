using Microsoft.CodeAnalysis;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Answers which parameters a function invokes before it returns: itself, or by handing them to another that does.</summary>
internal sealed class InvokedParameters
{
    private readonly HashSet<ParameterKey> _invoked = [];

    public InvokedParameters(IEnumerable<FileFacts> files)
    {
        var passedBy = new Dictionary<ParameterKey, List<ParameterKey>>();
        var found = new Stack<ParameterKey>();
        foreach (FunctionFacts function in files.SelectMany(file => file.Functions))
        {
            if (function.Key.Symbol is not IMethodSymbol method)
                continue;
            foreach (int ordinal in function.InvokedParameters)
                found.Push(new ParameterKey(method, ordinal));
            foreach (var (own, to) in function.PassedParameters)
            {
                if (!passedBy.TryGetValue(to, out var from))
                    passedBy.Add(to, from = []);
                from.Add(new ParameterKey(method, own));
            }
        }

        while (found.Count > 0)
        {
            ParameterKey parameter = found.Pop();
            if (!_invoked.Add(parameter) || !passedBy.TryGetValue(parameter, out var from))
                continue;
            foreach (ParameterKey passed in from)
                found.Push(passed);
        }
    }

    public bool Contains(ParameterKey parameter) => _invoked.Contains(parameter);
}
