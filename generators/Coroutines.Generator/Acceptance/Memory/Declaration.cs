namespace Coroutines.Generator.Acceptance.Memory;

/// <summary>A part of a file that may change what bodies mean which mention one of its names.</summary>
/// <param name="Text">Of what it says, without bodies.</param>
/// <param name="Mentions">Whatever these mean, it may mean something else with. Some more than once.</param>
internal sealed record Declaration(ulong[] Names, Fingerprint Text, ulong[] Mentions);
