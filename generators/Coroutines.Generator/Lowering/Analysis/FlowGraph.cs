using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;

namespace Coroutines.Generator.Lowering.Analysis;

/// <summary>One step of the flow. Successors are nodes; handlers are where an exception, or leaving the try, may go.</summary>
internal sealed class FlowNode
{
    public HashSet<int> Uses { get; } = [];
    public HashSet<int> Definitions { get; } = [];
    public List<FlowNode> Successors { get; } = [];
    public List<int> Jumps { get; } = [];
    public IReadOnlyList<FlowNode> Handlers { get; set; } = [];
    public bool Suspends { get; set; }
    public HashSet<int> AliveBefore { get; } = [];
}

/// <summary>The flow of a lowered body, with edges from everything in a try to its handlers.</summary>
internal sealed class FlowGraph(IReadOnlyList<Variable> variables)
{
    private readonly Dictionary<int, FlowNode> _labels = [];

    public List<FlowNode> Nodes { get; } = [];

    public static FlowGraph Of(IEnumerable<Statement> body, IReadOnlyList<Variable> variables)
    {
        var graph = new FlowGraph(variables);
        graph.Add(body, []);
        foreach (FlowNode node in graph.Nodes)
            foreach (int label in node.Jumps)
                if (graph._labels.TryGetValue(label, out FlowNode? target)) node.Successors.Add(target);
        return graph;
    }

    /// <summary>Adds statements; returns their entry and the open end that the next statement continues.</summary>
    (FlowNode Entry, FlowNode End) Add(IEnumerable<Statement> body, IReadOnlyList<FlowNode> handlers)
    {
        FlowNode entry = New(handlers), at = entry;
        foreach (Statement statement in body)
        {
            FlowNode next = New(handlers);
            at.Successors.Add(next);
            at = next;
            switch (statement)
            {
                case Leaf s: Mention(at, s.Code); break;
                case Declare s when !variables[s.Variable].IsCaptured: at.Definitions.Add(s.Variable); break;
                case Declare: break;
                case Label s: _labels[s.Id] = at; break;
                case Goto s:
                    at.Jumps.Add(s.Target);
                    at = New(handlers);
                    break;
                case Branch { Condition: Verbatim condition } s:
                    Mention(at, condition.Code);
                    at.Jumps.Add(s.Target);
                    break;
                case AwaitPoint s:
                    Mention(at, s.Await.Operand.Template);
                    foreach (Operand operand in s.Await.Operand.Operands) Mention(at, ((Verbatim)operand.Value).Code);
                    if (s.Await.Kind == AwaitKind.StreamStart)
                    {
                        at.Definitions.Add(s.Await.Stream);
                        break;
                    }
                    at.Suspends = true;
                    FlowNode resumed = New(handlers);
                    at.Successors.Add(resumed);
                    at = resumed;
                    // The stream is what runs when the reader is resumed.
                    if (s.Await.Stream != Await.NoStream) at.Uses.Add(s.Await.Stream);
                    if (s.Target >= 0) Define(at, s.Target);
                    break;
                case Cancel: at = New(handlers); break;
                case Try s: at = Add(s, at, handlers); break;
                default: throw LoweringContext.Unreachable(statement, "lowered before liveness");
            }
        }
        return (entry, at);
    }

    private FlowNode Add(Try s, FlowNode before, IReadOnlyList<FlowNode> handlers)
    {
        FlowNode after = New(handlers);
        FlowNode? end = null;
        if (s.Finally is not null)
        {
            end = New(handlers);
            Mention(end, s.Finally);
            end.Successors.Add(after);
        }
        List<FlowNode> inCatch = [.. end is null ? [] : new[] { end }, .. handlers], inTry = [.. inCatch];
        foreach (Code code in s.Catches)
        {
            FlowNode handler = New(inCatch);
            Mention(handler, code);
            handler.Successors.Add(end ?? after);
            inTry.Add(handler);
        }
        var (entry, last) = Add(s.Body, inTry);
        before.Successors.Add(entry);
        last.Successors.Add(end ?? after);
        return after;
    }

    private FlowNode New(IReadOnlyList<FlowNode> handlers)
    {
        var node = new FlowNode { Handlers = handlers };
        Nodes.Add(node);
        return node;
    }

    /// <summary>What is captured lives in its object: giving it a value uses the object.</summary>
    private void Define(FlowNode node, int variable)
    {
        if (variables[variable].IsCaptured) node.Uses.Add(variables[variable].Closure);
        else node.Definitions.Add(variable);
    }

    /// <summary>A leaf may read what it defines, and conditional parts of it may not run: only a plain definition ends a life.</summary>
    private void Mention(FlowNode node, Code code)
    {
        foreach (Part part in code.Parts)
        {
            switch (part.Kind)
            {
                case PartKind.Variable or PartKind.Place: node.Uses.Add(variables[part.Id].IsCaptured ? variables[part.Id].Closure : part.Id); break;
                case PartKind.Closure or PartKind.Element: node.Uses.Add(part.Id); break;
                case PartKind.Definition: Define(node, part.Id); break;
                case PartKind.Jump: node.Jumps.Add(part.Id); break;
            }
        }
    }
}
