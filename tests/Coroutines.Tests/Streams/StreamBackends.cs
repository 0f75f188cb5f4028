namespace Coroutines.Tests.Streams;

// Every stream suite on every backend.

public sealed class EpollReadingTests() : ReadingTests(ReactorKind.Epoll);

public sealed class EpollWritingTests() : WritingTests(ReactorKind.Epoll);

public sealed class EpollListenerTests() : ListenerTests(ReactorKind.Epoll);

public sealed class PortableReadingTests() : ReadingTests(ReactorKind.Portable);

public sealed class PortableWritingTests() : WritingTests(ReactorKind.Portable);

public sealed class PortableListenerTests() : ListenerTests(ReactorKind.Portable);

public sealed class EpollTransferTests() : TransferTests(ReactorKind.Epoll);

public sealed class EpollResetTests() : ResetTests(ReactorKind.Epoll);

public sealed class EpollConnectingTests() : ConnectingTests(ReactorKind.Epoll);

public sealed class EpollGivingUpTests() : GivingUpTests(ReactorKind.Epoll);

public sealed class PortableTransferTests() : TransferTests(ReactorKind.Portable);

public sealed class PortableResetTests() : ResetTests(ReactorKind.Portable);

public sealed class PortableConnectingTests() : ConnectingTests(ReactorKind.Portable);

public sealed class PortableGivingUpTests() : GivingUpTests(ReactorKind.Portable);

public sealed class IoUringReadingTests() : ReadingTests(ReactorKind.IoUring);

public sealed class IoUringWritingTests() : WritingTests(ReactorKind.IoUring);

public sealed class IoUringListenerTests() : ListenerTests(ReactorKind.IoUring);

public sealed class IoUringTransferTests() : TransferTests(ReactorKind.IoUring);

public sealed class IoUringResetTests() : ResetTests(ReactorKind.IoUring);

public sealed class IoUringConnectingTests() : ConnectingTests(ReactorKind.IoUring);

public sealed class IoUringGivingUpTests() : GivingUpTests(ReactorKind.IoUring);

public sealed class EpollLingeringTests() : LingeringTests(ReactorKind.Epoll);

public sealed class PortableLingeringTests() : LingeringTests(ReactorKind.Portable);

public sealed class IoUringLingeringTests() : LingeringTests(ReactorKind.IoUring);

public sealed class EpollTlsTests() : TlsTests(ReactorKind.Epoll);

public sealed class EpollAsStreamTests() : AsStreamTests(ReactorKind.Epoll);

public sealed class EpollBridgeTests() : ByteStreamContract(ReactorKind.Epoll);

public sealed class PortableTlsTests() : TlsTests(ReactorKind.Portable);

public sealed class PortableAsStreamTests() : AsStreamTests(ReactorKind.Portable);

public sealed class PortableBridgeTests() : ByteStreamContract(ReactorKind.Portable);

public sealed class IoUringTlsTests() : TlsTests(ReactorKind.IoUring);

public sealed class IoUringAsStreamTests() : AsStreamTests(ReactorKind.IoUring);

public sealed class IoUringBridgeTests() : ByteStreamContract(ReactorKind.IoUring);
