namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>
/// What names mean, by all that they lead to: their declarations, what these mention, and so on. Names that lead to each other share one fingerprint, of the whole round. It holds numbers
/// only, so that it may outlive the compilation. Any thread may ask.
/// </summary>
internal sealed class DeclarationGraph
{
    private readonly Dictionary<ulong, Name> _names = [];
    private readonly object _lock = new();
    private readonly Fingerprint _all;
    private int _found;

    /// <param name="all">Of everything there is, for what may mean anything.</param>
    public DeclarationGraph(IEnumerable<Declaration> declarations, Fingerprint all)
    {
        _all = all;
        foreach (Declaration declaration in declarations)
        {
            foreach (ulong word in declaration.Names)
            {
                if (!_names.TryGetValue(word, out Name? name)) _names.Add(word, name = new());
                // In the order of the text: overloads are told apart by it.
                name.Text = name.Text.Then(declaration.Text);
                name.Declarations.Add(declaration);
            }
        }
    }

    /// <summary>What these words mean together.</summary>
    public Fingerprint MeaningOf(List<ulong> words)
    {
        var rounds = new HashSet<Round>();
        lock (_lock)
        {
            foreach (ulong word in words)
            {
                if (_names.TryGetValue(word, out Name? name)) rounds.Add(name.Round ?? Find(name));
            }
        }
        Fingerprint meaning = words.Contains(Words.Anything) ? _all : default;
        foreach (Round round in rounds) meaning += round.Meaning;
        return meaning;
    }

    /// <summary>Tarjan's strongly connected components, with a stack of its own: names can lead through thousands of others.</summary>
    private Round Find(Name first)
    {
        var open = new Stack<Name>();
        var path = new Stack<Name>();
        Enter(first);
        while (path.Count > 0)
        {
            Name name = path.Peek();
            if (name.Next < name.Leads.Count)
            {
                Name next = name.Leads[name.Next++];
                if (next.Number == 0) Enter(next);
                else if (next.Round is null) name.Low = Math.Min(name.Low, next.Number);
                continue;
            }
            path.Pop();
            if (path.Count > 0) path.Peek().Low = Math.Min(path.Peek().Low, name.Low);
            if (name.Low == name.Number) Close(name, open);
        }
        return first.Round!;

        void Enter(Name name)
        {
            name.Number = name.Low = ++_found;
            foreach (Declaration declaration in name.Declarations)
            {
                foreach (ulong word in declaration.Mentions)
                {
                    if (_names.TryGetValue(word, out Name? lead)) name.Leads.Add(lead);
                }
            }
            open.Push(name);
            path.Push(name);
        }
    }

    /// <summary>All since this one was entered lead to each other, and all else that they lead to has its meaning.</summary>
    private void Close(Name entered, Stack<Name> open)
    {
        var round = new Round();
        var names = new List<Name>();
        Name name;
        do
        {
            names.Add(name = open.Pop());
            name.Round = round;
        }
        while (name != entered);

        Fingerprint meaning = names.Aggregate(default(Fingerprint), (sum, one) => sum + one.Text.Mixed());
        foreach (Round other in names.SelectMany(one => one.Leads).Select(lead => lead.Round!).Distinct())
        {
            if (other != round) meaning += other.Meaning;
        }
        if (names.Any(one => one.Declarations.Any(declaration => declaration.Mentions.Contains(Words.Anything)))) meaning += _all;
        round.Meaning = meaning.Mixed();
        foreach (Name one in names) (one.Declarations, one.Leads) = ([], []);
    }

    private sealed class Name
    {
        public Fingerprint Text;
        public List<Declaration> Declarations = [];
        public List<Name> Leads = [];
        public int Next, Number, Low;
        public Round? Round;
    }

    private sealed class Round
    {
        public Fingerprint Meaning;
    }
}
