namespace Coroutines.Tests.Processes;

/// <summary>A test that becomes another user for a while, which only a process with all rights can; skipped by name in others.</summary>
public sealed class PrivilegedFactAttribute : FactAttribute
{
    public PrivilegedFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "the process may not become another user";
    }
}
