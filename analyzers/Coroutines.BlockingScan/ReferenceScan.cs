namespace Coroutines.BlockingScan;

/// <summary>
/// Scans the assemblies that a program references into one <c>*.blocking.txt</c>. Each is read once: what was found is kept under the identity of its code (MVID) and of
/// what it builds on, because a call of another assembly blocks if that one's member does.
/// </summary>
internal static class ReferenceScan
{
    public static void Write(IReadOnlyCollection<string> paths, string output, string cache)
    {
        Directory.CreateDirectory(cache);
        var known = new KnownMembers();
        var lines = new List<string>
        {
            "# What a scan of the referenced assemblies says. To review a member, copy its line to a file of your own: without the sign if it blocks, with '-' if it does not.",
        };
        foreach (ScannedAssembly assembly in InOrder(paths))
        {
            using (assembly)
            {
                string file = Path.Combine(cache, $"{assembly.Name}.{assembly.Key(known)}.txt");
                string[] found = File.Exists(file) ? File.ReadAllLines(file) : Scan(assembly, known, file);
                known.Add(assembly, found);
                lines.AddRange(found);
            }
        }

        File.WriteAllLines(output, lines);
    }

    private static string[] Scan(ScannedAssembly assembly, KnownMembers known, string file)
    {
        string[] found = [.. new AssemblyScan(assembly, known).Find()];
        File.WriteAllLines(file, found);
        return found;
    }

    /// <summary>Each assembly after those it builds on.</summary>
    private static List<ScannedAssembly> InOrder(IReadOnlyCollection<string> paths)
    {
        var byName = new SortedDictionary<string, ScannedAssembly>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (ScannedAssembly.Open(path) is { } assembly && !byName.TryAdd(assembly.Name, assembly))
                assembly.Dispose();
        }

        var ordered = new List<ScannedAssembly>();
        var seen = new HashSet<string>();
        foreach (ScannedAssembly assembly in byName.Values)
            Visit(assembly);
        return ordered;

        void Visit(ScannedAssembly assembly)
        {
            if (!seen.Add(assembly.Name))
                return;
            foreach (string name in assembly.References)
            {
                if (byName.TryGetValue(name, out ScannedAssembly? reference))
                    Visit(reference);
            }

            ordered.Add(assembly);
        }
    }
}
