using System.Diagnostics;
using System.Text;

namespace RespServer;

public static class ConnectionCommands
{
    public static void Ping(Session session, Request request)
    {
        var output = session.Stream.Output;
        if (request.Count > 2)
        {
            output.Error("ERR wrong number of arguments for 'ping' command");
        }
        else if (session.Subscriptions > 0)
        {
            output.Array(2);
            output.Bulk("pong"u8);
            output.Bulk(request.Count == 2 ? request[1] : []);
        }
        else if (request.Count == 2)
        {
            output.Bulk(request[1]);
        }
        else
        {
            output.Simple("PONG");
        }
    }

    public static void Echo(Session session, Request request) => session.Stream.Output.Bulk(request[1]);

    public static void Select(Session session, Request request)
    {
        if (!Resp.TryParse(request[1], out long database))
            session.Stream.Output.Error("ERR value is not an integer or out of range");
        else if (database != 0)
            session.Stream.Output.Error("ERR DB index is out of range");
        else
            session.Stream.Output.Ok();
    }

    public static void Quit(Session session, Request request)
    {
        session.Stream.Output.Ok();
        session.IsQuitting = true;
    }

    /// <summary>The names alone: clients ask for them to complete what is typed.</summary>
    public static void Commands(Session session, Request request)
    {
        var output = session.Stream.Output;
        if (request.Count > 1 && Encoding.UTF8.GetString(request[1]).Equals("COUNT", StringComparison.OrdinalIgnoreCase))
        {
            output.Integer(CommandTable.Names.Count);
            return;
        }

        output.Array(request.Count > 1 ? 0 : CommandTable.Names.Count);
        if (request.Count > 1)
            return;
        foreach (string name in CommandTable.Names)
        {
            output.Array(1);
            output.Bulk(name.ToLowerInvariant());
        }
    }

    /// <summary>There is nothing to configure; benchmarks ask all the same.</summary>
    public static void Config(Session session, Request request)
    {
        session.Stream.Output.Array(request.Count < 3 ? 0 : 2);
        if (request.Count < 3)
            return;
        session.Stream.Output.Bulk(request[2]);
        session.Stream.Output.Bulk(""u8);
    }

    public static void Info(Session session, Request request)
    {
        var server = session.Server;
        session.Stream.Output.Bulk(
            $"""
            # Server
            server:coroutines
            process_id:{Environment.ProcessId}
            uptime_in_seconds:{(long)server.Uptime.TotalSeconds}
            # Clients
            connected_clients:{server.Connections}
            # Memory
            used_memory:{Process.GetCurrentProcess().WorkingSet64}
            # Stats
            total_commands_processed:{server.CommandsProcessed}
            # Keyspace
            db0:keys={server.Store.Count}

            """.ReplaceLineEndings("\r\n"));
    }
}
