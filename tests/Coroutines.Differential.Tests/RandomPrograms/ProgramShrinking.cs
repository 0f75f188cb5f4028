namespace Coroutines.Differential.RandomPrograms;

/// <summary>Makes a failing program smaller: takes statements out, and blocks out of their statements, as long as it still fails.</summary>
internal sealed class ProgramShrinking(RandomProgram program, Func<RandomProgram, bool> fails)
{
    private const int MostAttempts = 150;

    private int _attempts;

    /// <summary>Changes the program in place.</summary>
    public RandomProgram Run()
    {
        bool smaller = true;
        while (smaller && _attempts < MostAttempts)
        {
            smaller = false;
            foreach (var method in program.Methods)
                smaller |= Shrink(method.Body);
        }

        return program;
    }

    private bool Shrink(List<Statement> statements)
    {
        bool smaller = false;
        for (int at = statements.Count - 1; at >= 0; at--)
        {
            var statement = statements[at];
            if (Replaced(statements, at, []))
                smaller = true;
            else if (statement.Parts.Any(part => Replaced(statements, at, part.Body)))
                smaller = true;
            else
                foreach (var part in statement.Parts)
                    smaller |= Shrink(part.Body);
        }

        return smaller;
    }

    private bool Replaced(List<Statement> statements, int at, List<Statement> replacement)
    {
        if (_attempts++ >= MostAttempts)
            return false;
        var statement = statements[at];
        statements.RemoveAt(at);
        statements.InsertRange(at, replacement);
        if (fails(program))
            return true;
        statements.RemoveRange(at, replacement.Count);
        statements.Insert(at, statement);
        return false;
    }
}
