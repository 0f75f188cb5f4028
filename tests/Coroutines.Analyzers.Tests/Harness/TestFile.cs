using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>An additional file of a project.</summary>
internal sealed class TestFile(string path, string text) : AdditionalText
{
    public override string Path { get; } = path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);

    public static TestFile Blocking(params string[] lines) => new("/vendor.blocking.txt", string.Join('\n', lines));
}
