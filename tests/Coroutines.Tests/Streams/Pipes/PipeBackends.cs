namespace Coroutines.Tests.Streams.Pipes;

public sealed class EpollPipeTests() : PipeTests(ReactorKind.Epoll);

public sealed class PortablePipeTests() : PipeTests(ReactorKind.Portable);

public sealed class IoUringPipeTests() : PipeTests(ReactorKind.IoUring);
