using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>All of a compilation that the meaning of a body can depend on: everything but the other bodies. Most edits leave it as it is.</summary>
internal sealed class Surroundings
{
    private static readonly ConditionalWeakTable<MetadataReference, object> s_numbers = new();
    private static int s_references;

    private readonly Dictionary<SyntaxTree, int> _files = [];
    private readonly byte[] _hash;

    public Surroundings(CSharpCompilation compilation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            _files.Add(tree, _files.Count);
            hash.AppendData(FileOutline.Of(tree).Hash);
        }
        var text = new StringBuilder();
        foreach (MetadataReference reference in compilation.References) text.Append(NumberOf(reference)).Append(' ').Append(string.Join(",", reference.Properties.Aliases)).Append(reference.Properties.EmbedInteropTypes).Append('\n');
        CSharpCompilationOptions options = compilation.Options;
        text.Append(compilation.AssemblyName).Append('\n').Append(options.CryptoKeyFile).Append('\n').Append(string.Join("\n", options.Usings)).Append('\n');
        text.Append($"{options.OutputKind} {options.NullableContextOptions} {options.AllowUnsafe} {options.CheckOverflow} {options.OptimizationLevel} {options.Platform} {options.MetadataImportOptions}");
        hash.AppendData(Encoding.Unicode.GetBytes(text.ToString()));
        _hash = hash.GetHashAndReset();
    }

    /// <summary>A name for the method and what it means: the same in another compilation only where nothing that counts is different.</summary>
    public string KeyOf(MethodDeclarationSyntax method)
    {
        string text = method.ToFullString();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(_hash.Length + (2 * sizeof(int)) + Encoding.Unicode.GetByteCount(text));
        _hash.CopyTo(buffer, 0);
        int length = Append(_files[method.SyntaxTree], _hash.Length);
        length = Append(FileOutline.Of(method.SyntaxTree).OrdinalOf(method), length);
        length += Encoding.Unicode.GetBytes(text, 0, text.Length, buffer, length);
        using var sha = SHA256.Create();
        string key = Convert.ToBase64String(sha.ComputeHash(buffer, 0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return key;

        int Append(int number, int at)
        {
            for (int shift = 0; shift < 32; shift += 8) buffer[at++] = (byte)(number >> shift);
            return at;
        }
    }

    /// <summary>A number for the object: references are compared by identity, and must not be kept alive.</summary>
    private static int NumberOf(MetadataReference reference) => (int)s_numbers.GetValue(reference, static _ => Interlocked.Increment(ref s_references));
}
