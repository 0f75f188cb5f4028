namespace Coroutines;

/// <summary>Awaitables that nobody made.</summary>
internal static class DefaultAwaitable
{
    public static InvalidOperationException Exception(string type, string maker) => new($"This is default({type}), which waits for nothing. Await what {maker} returns.");
}
