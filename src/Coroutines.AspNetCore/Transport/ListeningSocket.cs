using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Coroutines.AspNetCore;

/// <summary>Sockets that listen on one end point, for several loops where the system spreads connections over them.</summary>
internal static class ListeningSocket
{
    // SOL_SOCKET and SO_REUSEPORT of Linux; other systems have it too, but do not spread connections.
    private const int SocketLevel = 1;
    private const int ReusePort = 15;

    /// <summary>One for each loop if the system can spread connections over them, otherwise one.</summary>
    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    public static Socket[] Bind(EndPoint endpoint, int loops, int backlog)
    {
        bool isSpread = loops > 1 && endpoint is IPEndPoint && OperatingSystem.IsLinux();
        var sockets = new List<Socket>();
        try
        {
            for (int i = 0; i < (isSpread ? loops : 1); i++)
            {
                var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, endpoint is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
                sockets.Add(socket);
                // Not before the first one is bound: an address at which somebody else listens in the same way would be shared with him.
                if (i > 0)
                    ShareAddress(socket);
                NonBlockingSocket.Bind(socket, endpoint);
                if (isSpread && i == 0)
                    ShareAddress(socket);
                // A port the system has chosen is everybody's.
                endpoint = socket.LocalEndPoint!;
                socket.Listen(backlog);
            }

            return [.. sockets];
        }
        catch (Exception exception)
        {
            foreach (var socket in sockets)
                socket.Dispose();
            if (exception is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                throw new AddressInUseException(exception.Message, exception);
            throw;
        }
    }

    private static void ShareAddress(Socket socket) => socket.SetRawSocketOption(SocketLevel, ReusePort, BitConverter.GetBytes(1));
}
