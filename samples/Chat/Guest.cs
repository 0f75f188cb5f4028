using System.Net.Sockets;
using System.Text;
using Coroutines;

namespace Chat;

/// <summary>Somebody who is connected.</summary>
public sealed class Guest(SocketStream stream)
{
    private const int MostUnread = 64 * 1024;

    public string Name { get; set; } = "";

    /// <summary>Null outside all rooms.</summary>
    public string? Room { get; set; }

    /// <summary>Sends a line when this turn ends. Nobody waits for a guest who does not read: he misses what does not fit.</summary>
    public void Tell(string text)
    {
        try
        {
            if (stream.UnsentLength < MostUnread)
                Encoding.UTF8.GetBytes(text + "\n", stream.Output);
        }
        catch (SocketException)
        {
            // He has gone, which is nobody's business but his own coroutine's, and that will hear of it.
        }
    }
}
