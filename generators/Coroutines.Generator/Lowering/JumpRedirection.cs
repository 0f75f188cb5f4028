using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>Sends the jumps that leave a region somewhere else, and numbers where they were going.</summary>
internal sealed class JumpRedirection
{
    private readonly LoweringContext _context;
    private readonly Func<int, Code> _leave;
    private readonly HashSet<int> _inside;
    private readonly List<int> _targets = [];

    /// <param name="leave">From the number of a target to the statement that leaves for it.</param>
    public JumpRedirection(LoweringContext context, EquatableArray<Statement> region, Func<int, Code> leave)
    {
        _context = context;
        _leave = leave;
        _inside = [.. Labels(region)];
    }

    /// <summary>The labels outside, by number.</summary>
    public IReadOnlyList<int> Targets => _targets;

    public EquatableArray<Statement> Redirect(EquatableArray<Statement> region) => new StatementRewriter(statement => statement switch
    {
        Leaf s when Leaves(s.Code) => [new Leaf(Redirect(s.Code))],
        Goto s when Leaves(s.Target) => [new Leaf(To(s.Target))],
        Branch s when Leaves(s.Target) => Redirect(s),
        Try s when s.Catches.Any(Leaves) => [s with { Catches = s.Catches.Select(Redirect).ToEquatableArray() }],
        _ => null,
    }).Rewrite(region);

    private IEnumerable<Statement> Redirect(Branch s)
    {
        int stay = _context.NewLabel("stay");
        return [s with { JumpIf = !s.JumpIf, Target = stay }, new Leaf(To(s.Target)), new Label(stay, "")];
    }

    private Code Redirect(Code code) =>
        code with { Parts = code.Parts.SelectMany(part => part.Kind == PartKind.Jump && Leaves(part.Id) ? To(part.Id).Parts : [part]).ToEquatableArray() };

    private Code To(int target)
    {
        if (!_targets.Contains(target)) _targets.Add(target);
        return _leave(_targets.IndexOf(target));
    }

    private bool Leaves(int target) => !_inside.Contains(target);

    private bool Leaves(Code code) => code.Parts.Any(part => part.Kind == PartKind.Jump && Leaves(part.Id));

    private static IEnumerable<int> Labels(IEnumerable<Statement> region) => region.SelectMany(statement => statement switch
    {
        Label s => [s.Id],
        Try s => Labels(s.Body),
        _ => Enumerable.Empty<int>(),
    });
}
