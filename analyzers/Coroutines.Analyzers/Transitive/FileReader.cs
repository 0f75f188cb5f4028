using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Analyzers.Transitive;

/// <summary>Reads a file for the call graph. What its bodies say is read from their operations.</summary>
internal static class FileReader
{
    public static FileFacts Read(SemanticModel model, CoroutineSymbols coroutines, BlockingApiLookup apis, CancellationToken cancellation)
    {
        var facts = new FileFacts(model.SyntaxTree);
        foreach (SyntaxNode declaration in FileBodies.Nodes(model.SyntaxTree, cancellation).Where(node => node is TypeDeclarationSyntax))
        {
            if (model.GetDeclaredSymbol(declaration, cancellation) is INamedTypeSymbol type)
                facts.Types.Add(type);
        }

        var collector = new CallCollector(coroutines, apis, model.Compilation.Assembly, facts);
        foreach (var (owner, body) in FileBodies.Of(model, cancellation))
            collector.Read(body, owner);
        return facts;
    }
}
