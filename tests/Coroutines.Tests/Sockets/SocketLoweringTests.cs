namespace Coroutines.Tests.Sockets;

public sealed class GeneratedSocketTests : SocketContract
{
    protected override SocketOperations Lower(EventLoop loop) => SocketOperations.Generated(loop);
}

public sealed class ReferenceSocketTests : SocketContract
{
    protected override SocketOperations Lower(EventLoop loop) => SocketOperations.Reference(loop);
}
