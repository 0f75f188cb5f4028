using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Coroutines;

/// <summary>A TLS session over another <see cref="ByteStream"/>, by <see cref="SslStream"/>. Belongs to one loop; loop thread only.</summary>
/// <remarks>
/// What <see cref="ByteStream"/> says of reading, writing and cancelling holds here. Disposing of it, or <see cref="ByteStream.CompleteWrites"/>, tells the peer that the session ends (close_notify). The end of the stream below
/// without that reads as the end of this one, so protocols that are not told their lengths cannot tell it from an attack that cuts data off.
/// </remarks>
public sealed partial class TlsStream : ForeignByteStream
{
    private readonly ByteStream _inner;
    private readonly SslStream _session;
    private bool _isShutDown;

    private TlsStream(ByteStream inner, SslStream session, ByteStreamOptions? options)
        : base(session, session, options)
    {
        _inner = inner;
        _session = session;
    }

    /// <summary>The protocol both agreed on (ALPN), for example <c>h2</c>; empty if none.</summary>
    public SslApplicationProtocol ApplicationProtocol => _session.NegotiatedApplicationProtocol;

    /// <summary>The version of TLS both agreed on.</summary>
    public SslProtocols Protocol => _session.SslProtocol;

    /// <summary>The cipher suite both agreed on.</summary>
    public TlsCipherSuite CipherSuite => _session.NegotiatedCipherSuite;

    /// <summary>The host the client asked for (SNI); empty if it named none.</summary>
    public string TargetHostName => _session.TargetHostName;

    /// <summary>The certificate the peer has shown; null if it has shown none.</summary>
    public X509Certificate? RemoteCertificate => _session.RemoteCertificate;

    /// <summary>
    /// Connects to a host as <see cref="SocketStream.Connect(string, int, ByteStreamOptions?)"/> does, and begins a session in which its certificate must be valid for that name. Suspends until then. Cancelled, or when it
    /// throws, it leaves no connection.
    /// </summary>
    /// <param name="host">A name, or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="tls">Protocols, certificates and checks; the system's unless given. Its target host is <paramref name="host"/> if it names none.</param>
    /// <param name="options">The sizes of both streams.</param>
    /// <returns>The session, to be disposed.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The connection cannot be made.</exception>
    /// <exception cref="AuthenticationException">The server's certificate was refused, or there is no protocol in common.</exception>
    /// <exception cref="IOException">The connection ended during the handshake.</exception>
    [Coroutine]
    public static async Coroutine<TlsStream> Connect(string host, int port, SslClientAuthenticationOptions? tls = null, ByteStreamOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        return await Authenticate(await SocketStream.Connect(host, port, options), tls ?? new SslClientAuthenticationOptions(), host, options);
    }

    /// <summary>Begins a session as the client, on a stream whose next bytes are the handshake (also after STARTTLS). Suspends until it is agreed on.</summary>
    /// <param name="inner">The stream below, owned from now on. Cancelled, or when it throws, this closes it: a handshake cannot be taken up again.</param>
    /// <param name="tls">The name of the server, protocols, certificates and checks.</param>
    /// <param name="options">The sizes.</param>
    /// <returns>The session, to be disposed.</returns>
    /// <inheritdoc cref="Connect" path="exception" />
    [Coroutine]
    public static async Coroutine<TlsStream> AuthenticateAsClient(ByteStream inner, SslClientAuthenticationOptions tls, ByteStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tls);
        return await Authenticate(inner, tls, null, options);
    }

    /// <summary>Begins a session as the server. Suspends until it is agreed on; set a timeout, for a client may never say anything.</summary>
    /// <param name="inner">The stream below, owned from now on. Cancelled, or when it throws, this closes it.</param>
    /// <param name="tls">The certificate, or the choice of one by the name the client asks for, protocols and checks.</param>
    /// <param name="options">The sizes.</param>
    /// <returns>The session, to be disposed.</returns>
    /// <exception cref="AuthenticationException">The client's certificate was refused, it refused ours, or there is no protocol in common.</exception>
    /// <exception cref="IOException">The connection ended during the handshake.</exception>
    [Coroutine]
    public static async Coroutine<TlsStream> AuthenticateAsServer(ByteStream inner, SslServerAuthenticationOptions tls, ByteStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tls);
        var stream = Over(inner, options);
        bool isAgreed = false;
        try
        {
            await stream._session.AuthenticateAsServerAsync(tls, CancelScope.CurrentToken);
            isAgreed = true;
            return stream;
        }
        finally
        {
            if (!isAgreed)
                stream.Abort();
        }
    }

    [Coroutine]
    private protected override async Coroutine CompleteCore()
    {
        await Shutdown();
        await _inner.CompleteWrites();
    }

    [Coroutine]
    private protected override async Coroutine EndCore()
    {
        await Shutdown();
        await _inner.DisposeAsync();
    }

    private protected override void CloseCore()
    {
        // First what lies below: the session's own end would still try to send.
        _inner.Abort();
        base.CloseCore();
    }

    [Coroutine]
    private static async Coroutine<TlsStream> Authenticate(ByteStream inner, SslClientAuthenticationOptions tls, string? host, ByteStreamOptions? options)
    {
        var stream = Over(inner, options);
        bool isAgreed = false;
        try
        {
            await stream.Begin(tls, host, CancelScope.CurrentToken);
            isAgreed = true;
            return stream;
        }
        finally
        {
            if (!isAgreed)
                stream.Abort();
        }
    }

    // The session reads the options before this returns. They are the caller's, who may use them for another host.
    private Task Begin(SslClientAuthenticationOptions tls, string? host, CancellationToken token)
    {
        string? given = tls.TargetHost;
        tls.TargetHost ??= host;
        try
        {
            return _session.AuthenticateAsClientAsync(tls, token);
        }
        finally
        {
            tls.TargetHost = given;
        }
    }

    private static TlsStream Over(ByteStream inner, ByteStreamOptions? options)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new TlsStream(inner, new SslStream(inner.AsStream()), options);
    }

    // Once: the session refuses to say it again.
    [Coroutine]
    private async Coroutine Shutdown()
    {
        if (_isShutDown)
            return;
        _isShutDown = true;
        await _session.ShutdownAsync();
    }
}
