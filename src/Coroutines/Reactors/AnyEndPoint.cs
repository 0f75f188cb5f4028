using System.Net;
using System.Net.Sockets;

namespace Coroutines;

/// <summary>End points that say nothing but their family: of an address of that family they make an end point.</summary>
internal static class AnyEndPoint
{
    private static readonly IPEndPoint s_v4 = new(IPAddress.Any, 0);
    private static readonly IPEndPoint s_v6 = new(IPAddress.IPv6Any, 0);

    /// <summary>The one of a family of sockets that the loop knows.</summary>
    public static EndPoint Of(AddressFamily family) => family switch
    {
        AddressFamily.Unix => new UnixDomainSocketEndPoint("/"),
        AddressFamily.InterNetworkV6 => s_v6,
        _ => s_v4,
    };
}
