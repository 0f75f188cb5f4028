using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Symbols;

/// <summary>A <c>using</c> statement or declaration: what it opens, and the code inside it.</summary>
internal sealed class UsingBlock
{
    private UsingBlock(IOperation operation, IOperation resources, IReadOnlyList<IOperation> body)
    {
        Operation = operation;
        Resources = resources;
        Body = body;
    }

    public IOperation Operation { get; }

    /// <summary>What is opened: an expression, or declarations.</summary>
    public IOperation Resources { get; }

    /// <summary>The statements that run before the resources are disposed. For a declaration, those after it in its block.</summary>
    public IReadOnlyList<IOperation> Body { get; }

    public static UsingBlock? Of(IOperation operation) => operation switch
    {
        IUsingOperation @using => new UsingBlock(@using, @using.Resources, [@using.Body]),
        IUsingDeclarationOperation { Parent: { } block } declaration =>
            new UsingBlock(declaration, declaration.DeclarationGroup, [.. block.ChildOperations.SkipWhile(statement => statement != declaration).Skip(1)]),
        _ => null,
    };

    /// <summary>The <c>using</c> statements and declarations that are open where <paramref name="inner"/> runs, innermost first.</summary>
    public static IEnumerable<UsingBlock> Around(IOperation inner)
    {
        IOperation from = inner;
        foreach (IOperation outer in FunctionBody.Around(inner))
        {
            if (outer is IUsingOperation @using && @using.Body == from)
                yield return Of(@using)!;

            if (outer is IBlockOperation or ISwitchCaseOperation)
            {
                foreach (IOperation statement in outer.ChildOperations.TakeWhile(statement => statement != from).Reverse())
                {
                    if (statement is IUsingDeclarationOperation)
                        yield return Of(statement)!;
                }
            }

            from = outer;
        }
    }

    /// <summary>The values that are opened.</summary>
    public IEnumerable<IOperation> Opened => Resources is IVariableDeclarationGroupOperation group
        ? group.Declarations.SelectMany(declaration => declaration.Declarators).Select(declarator => declarator.GetVariableInitializer()?.Value).OfType<IOperation>()
        : [Resources];

    /// <summary>The locals that hold them.</summary>
    public IEnumerable<ILocalSymbol> Locals => Resources is IVariableDeclarationGroupOperation group
        ? group.Declarations.SelectMany(declaration => declaration.Declarators).Select(declarator => declarator.Symbol)
        : [];

    public bool Opens(string libraryType) => Opened.Any(value => LibraryTypes.Is(value.Type, libraryType));
}
