namespace Coroutines.Tests.Datagrams;

public sealed class EpollDatagramTests() : DatagramTests(ReactorKind.Epoll);

public sealed class PortableDatagramTests() : DatagramTests(ReactorKind.Portable);

public sealed class IoUringDatagramTests() : DatagramTests(ReactorKind.IoUring);
