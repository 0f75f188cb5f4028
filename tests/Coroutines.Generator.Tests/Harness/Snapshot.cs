using System.Runtime.CompilerServices;

namespace Coroutines.Generator.Tests.Harness;

/// <summary>
/// Golden files by Verify's convention: <c>Name.verified.txt</c> beside the test, <c>Name.received.txt</c> on a mismatch.
/// <c>ACCEPT_SNAPSHOTS=1</c> writes what was received as verified; such a run fails, so that it cannot pass for a test run.
/// </summary>
internal static class Snapshot
{
    public static void Verify(string received, string name, [CallerFilePath] string test = "")
    {
        string stem = Path.Combine(Path.GetDirectoryName(test)!, $"{Path.GetFileNameWithoutExtension(test)}.{name}");
        string verified = stem + ".verified.txt", actual = stem + ".received.txt";
        received = received.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verified, received);
            File.Delete(actual);
            Assert.Fail($"Accepted {Path.GetFileName(verified)}. Run again without ACCEPT_SNAPSHOTS.");
        }
        if (File.Exists(verified) && File.ReadAllText(verified).ReplaceLineEndings("\n") == received)
        {
            File.Delete(actual);
            return;
        }
        File.WriteAllText(actual, received);
        Assert.Fail($"{Path.GetFileName(verified)} differs; see {Path.GetFileName(actual)}.");
    }
}
