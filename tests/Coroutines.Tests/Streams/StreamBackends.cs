namespace Coroutines.Tests.Streams;

// Every stream suite on every backend.

public sealed class EpollReadingTests() : ReadingTests(ReactorKind.Epoll);

public sealed class EpollWritingTests() : WritingTests(ReactorKind.Epoll);

public sealed class EpollListenerTests() : ListenerTests(ReactorKind.Epoll);

public sealed class PortableReadingTests() : ReadingTests(ReactorKind.Portable);

public sealed class PortableWritingTests() : WritingTests(ReactorKind.Portable);

public sealed class PortableListenerTests() : ListenerTests(ReactorKind.Portable);
