using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>All of a compilation that the meaning of a body can depend on: everything but the other bodies. Most edits leave it as it is, and most others leave what most bodies mention.</summary>
internal sealed class Surroundings
{
    private static readonly ConditionalWeakTable<MetadataReference, object> s_numbers = new();
    private static int s_references;

    private readonly Dictionary<SyntaxTree, int> _files = [];
    private readonly Fingerprint _settings, _all;
    private readonly Lazy<DeclarationGraph> _declarations;

    public Surroundings(CSharpCompilation compilation)
    {
        _settings = Fingerprint.Of(SettingsOf(compilation));
        _all = _settings;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            _files.Add(tree, _files.Count);
            _all = _all.Then(FileOutline.Of(tree).All);
        }
        _declarations = new(() => KnownDeclarations.Find(_all, () => new(compilation.SyntaxTrees.SelectMany(tree => FileDeclarations.Of(tree).All), _all)));
    }

    /// <summary>The method and what it means: the same in another compilation only where nothing that counts is different.</summary>
    public Fingerprint KeyOf(MethodDeclarationSyntax method) => _all.Then(_files[method.SyntaxTree]).Then(FileOutline.Of(method.SyntaxTree).Of(method));

    /// <summary>Another key, which is the same, too, where what is different is nothing that the method's names lead to. It costs more.</summary>
    public Fingerprint KeyByNames(MethodDeclarationSyntax method)
    {
        FileDeclarations file = FileDeclarations.Of(method.SyntaxTree);
        string text = method.SyntaxTree.GetText().ToString(method.Span), name = file.NameOf(method);
        var mentions = new List<ulong> { file.Itself, Words.Everywhere };
        Words.AddAll(name, mentions);
        Words.AddAll(text, mentions);
        return _settings.Then(_declarations.Value.MeaningOf(mentions)).Then(file.Before(method.SpanStart)).Then(Fingerprint.Of(file.Origin)).Then(Fingerprint.Of(name)).Then(Fingerprint.Of(text));
    }

    private static string SettingsOf(CSharpCompilation compilation)
    {
        var text = new StringBuilder();
        foreach (MetadataReference reference in compilation.References) text.Append(NumberOf(reference)).Append(' ').Append(string.Join(",", reference.Properties.Aliases)).Append(reference.Properties.EmbedInteropTypes).Append('\n');
        CSharpCompilationOptions options = compilation.Options;
        text.Append(compilation.AssemblyName).Append('\n').Append(options.CryptoKeyFile).Append('\n').Append(string.Join("\n", options.Usings)).Append('\n');
        text.Append($"{options.OutputKind} {options.NullableContextOptions} {options.AllowUnsafe} {options.CheckOverflow} {options.OptimizationLevel} {options.Platform} {options.MetadataImportOptions}");
        return text.ToString();
    }

    /// <summary>A number for the object: references are compared by identity, and must not be kept alive.</summary>
    private static int NumberOf(MetadataReference reference) => (int)s_numbers.GetValue(reference, static _ => Interlocked.Increment(ref s_references));
}
