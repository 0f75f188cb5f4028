namespace Coroutines.Tests.Sockets;

public sealed class GeneratedSocketTests : SocketContract
{
    protected override SocketOperations Lower(EventLoop loop) => SocketOperations.Generated(loop);

    [Fact]
    public void A_socket_whose_connection_was_refused_can_try_again() => ConnectAfterRefusal();

    [Fact]
    public void Files_that_never_have_to_wait_let_others_run() => SendFilesThatNeverWait();
}

public sealed class ReferenceSocketTests : SocketContract
{
    protected override SocketOperations Lower(EventLoop loop) => SocketOperations.Reference(loop);

    [Fact]
    public void A_socket_whose_connection_was_refused_can_try_again() => ConnectAfterRefusal();

    [Fact]
    public void Files_that_never_have_to_wait_let_others_run() => SendFilesThatNeverWait();
}

public sealed class PortableSocketTests() : SocketContract(ReactorKind.Portable)
{
    protected override SocketOperations Lower(EventLoop loop) => SocketOperations.Generated(loop);
}

public sealed class IoUringSocketTests() : SocketContract(ReactorKind.IoUring)
{
    protected override SocketOperations Lower(EventLoop loop) => SocketOperations.Generated(loop);

    [Fact]
    public void Files_that_never_have_to_wait_let_others_run() => SendFilesThatNeverWait();
}
