using System.Globalization;

namespace Coroutines.Tests.Stress;

/// <summary>What tests run in a process of its own, because it would disturb the others or be disturbed by them. Test runners do not call it.</summary>
internal static class Program
{
    public static void Main(string[] args)
    {
        var options = new EventLoopOptions { Reactor = Enum.Parse<ReactorKind>(args[1]) };
        switch (args[0])
        {
            case EchoServer.Name:
                EventLoop.Run(EchoServer.Run(), options);
                break;
            case BrokenConnections.Name:
                EventLoop.Run(BrokenConnections.Run(int.Parse(args[2], CultureInfo.InvariantCulture)), options);
                break;
            default:
                throw new ArgumentException($"There is no '{args[0]}'.");
        }
    }
}
