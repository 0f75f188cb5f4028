namespace Coroutines.Differential.Matrix;

/// <summary>Every entry: each expression at several positions, so that every pair is met over the constructs, and statements and iterators by themselves.</summary>
internal static class ConstructMatrix
{
    /// <summary>Neighbours in the table are alike, so each takes up the positions where the one before it stopped.</summary>
    private const int PositionsPerConstruct = 5;

    /// <param name="whole">Every construct at every position.</param>
    public static IEnumerable<MatrixProgram> Programs(bool whole)
    {
        int positions = Positions.All.Count, taken = whole ? positions : PositionsPerConstruct;
        for (int c = 0; c < ExpressionConstructs.All.Count; c++)
        {
            for (int p = 0; p < taken; p++)
            {
                var construct = ExpressionConstructs.All[c];
                var position = Positions.All[((c * taken) + p) % positions];
                yield return MatrixProgram.Of($"{construct.Name}_in_{position.Name}", At(position.Body, construct.Text));
            }
        }

        foreach (var statement in StatementConstructs.All.Concat(LocalFunctionConstructs.All).Concat(UnnamedTypeConstructs.All))
            yield return MatrixProgram.Of(statement.Name, statement.Body);
        foreach (var declaration in DeclarationConstructs.All)
            yield return MatrixProgram.Of(declaration.Name, declaration.Body, declaration.Members);

        foreach (var program in IteratorConstructs.Programs)
            yield return program;
    }

    private static string At(string position, string expression) => position
        .Replace("{E1}", "A(1)", StringComparison.Ordinal)
        .Replace("{E}", expression, StringComparison.Ordinal);
}
