using Coroutines;

namespace Fetch;

/// <summary>What came of one address.</summary>
/// <param name="Url">The address.</param>
/// <param name="Length">How many bytes it gave.</param>
/// <param name="Body">They.</param>
/// <param name="Failure">Why it gave none.</param>
public sealed record Document(Uri Url, int Length, byte[] Body, string? Failure);

/// <summary>Fetches documents, some at once.</summary>
/// <param name="client">Makes the requests.</param>
/// <param name="atOnce">How many may be under way.</param>
/// <param name="fetched">Called after each, on the loop.</param>
public sealed partial class Fetcher(HttpClient client, int atOnce, Action<Document> fetched)
{
    /// <summary>The documents, in the order of their addresses. One that cannot be had keeps nobody else from his.</summary>
    [Coroutine]
    public async Coroutine<Document[]> FetchAll(IReadOnlyList<Uri> urls)
    {
        var documents = new Document[urls.Count];
        var room = new LoopSemaphore(atOnce);
        await using var group = new TaskGroup();
        for (int i = 0; i < urls.Count; i++)
        {
            await room.Acquire();
            group.Spawn(Fetch(urls, documents, i, room));
        }

        await group.Join();
        return documents;
    }

    [Coroutine]
    private async Coroutine Fetch(IReadOnlyList<Uri> urls, Document[] documents, int i, LoopSemaphore room)
    {
        try
        {
            byte[] body = await client.GetByteArrayAsync(urls[i], CancelScope.CurrentToken);
            documents[i] = new Document(urls[i], body.Length, body, null);
        }
        catch (HttpRequestException failure)
        {
            documents[i] = new Document(urls[i], 0, [], failure.Message);
        }
        finally
        {
            room.Release();
        }

        fetched(documents[i]);
    }
}
