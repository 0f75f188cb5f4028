using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coroutines.Tests.Sockets;

/// <summary>A path of a local socket that takes all the room there is, so that no zero ends it: other programs can bind to such a one.</summary>
internal sealed class LongestPath : EndPoint
{
    private const int Room = 108;

    private readonly string _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")).PadRight(Room, 'p');

    public override AddressFamily AddressFamily => AddressFamily.Unix;

    public override SocketAddress Serialize()
    {
        var address = new SocketAddress(AddressFamily.Unix, sizeof(short) + Room);
        Encoding.UTF8.GetBytes(_path, address.Buffer.Span[sizeof(short)..]);
        return address;
    }

    public override string ToString() => _path;
}
