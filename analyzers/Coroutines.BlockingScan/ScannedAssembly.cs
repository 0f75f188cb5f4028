using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace Coroutines.BlockingScan;

/// <summary>An assembly file, open for reading.</summary>
internal sealed class ScannedAssembly : IDisposable
{
    private readonly PEReader _file;

    private ScannedAssembly(PEReader file)
    {
        _file = file;
        Metadata = file.GetMetadataReader();
        Name = Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
        References = [.. Metadata.AssemblyReferences.Select(handle => Metadata.GetString(Metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal)];
    }

    public MetadataReader Metadata { get; }

    public string Name { get; }

    public IReadOnlyList<string> References { get; }

    /// <summary>Null if the file is no managed assembly: a program may reference what is missing or native.</summary>
    public static ScannedAssembly? Open(string path)
    {
        if (!File.Exists(path))
            return null;

        var file = new PEReader(new MemoryStream(File.ReadAllBytes(path)));
        try
        {
            if (file.HasMetadata && file.GetMetadataReader().IsAssembly)
                return new ScannedAssembly(file);
        }
        catch (BadImageFormatException)
        {
            // Not an assembly.
        }

        file.Dispose();
        return null;
    }

    public MethodBodyBlock? Body(MethodDefinition method) => method.RelativeVirtualAddress == 0 ? null : _file.GetMethodBody(method.RelativeVirtualAddress);

    /// <summary>Changes when the code does, the table, or what was found in assemblies that this one builds on.</summary>
    public string Key(KnownMembers known)
    {
        var key = new StringBuilder(KnownMembers.Version);
        key.Append(Metadata.GetGuid(Metadata.GetModuleDefinition().Mvid));
        foreach (string reference in References)
            key.Append(known.FoundIn(reference));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())))[..16];
    }

    public void Dispose() => _file.Dispose();
}
