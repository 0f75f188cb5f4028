using Coroutines;

namespace Chat;

/// <summary>The rooms by name, and who is in them. One thread runs all guests, so nothing needs a lock.</summary>
public sealed partial class Rooms
{
    private const string Lobby = "lobby";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly SortedDictionary<string, List<Guest>> _rooms = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Serves one connection: from the question for a name to the good-bye.</summary>
    [Coroutine]
    public async Coroutine Handle(SocketStream stream)
    {
        var guest = new Guest(stream);
        try
        {
            guest.Tell("Your name?");
            if ((await NextLine(stream))?.Trim() is not { Length: > 0 } name)
                return;
            guest.Name = Unique(name);
            guest.Tell($"Hello {guest.Name}. Say something, or /join room, /who, /rooms, /quit.");
            Enter(guest, Lobby);
            while (await NextLine(stream) is { } line && Obey(guest, line.Trim()))
            {
                // A guest who sends and does not read waits for himself.
                await stream.Flush();
            }
        }
        catch (InvalidDataException invalid)
        {
            guest.Tell(invalid.Message);
        }
        catch (TimeoutException)
        {
            guest.Tell("You have said nothing for a long time.");
        }
        finally
        {
            Leave(guest);
            guest.Tell("Good-bye.");
        }
    }

    [Coroutine]
    private static async Coroutine<string?> NextLine(SocketStream stream) => await stream.ReadLine(limit: 1000).WithTimeout(s_patience);

    /// <summary>False if the guest wants to go.</summary>
    private bool Obey(Guest guest, string line)
    {
        switch (line.Split(' ', 2))
        {
            case ["/quit", ..]:
                return false;
            case ["/join", var room]:
                Leave(guest);
                Enter(guest, room.Trim());
                break;
            case ["/who", ..]:
                guest.Tell(string.Join(", ", _rooms[guest.Room!].Select(static other => other.Name).Order()));
                break;
            case ["/rooms", ..]:
                guest.Tell(string.Join(", ", _rooms.Select(static room => $"{room.Key} ({room.Value.Count})")));
                break;
            case [['/', ..], ..]:
                guest.Tell("There is no such command.");
                break;
            case not [""]:
                Announce(guest.Room!, $"{guest.Name}: {line}", except: guest);
                break;
        }

        return true;
    }

    private void Enter(Guest guest, string room)
    {
        if (!_rooms.TryGetValue(room, out var guests))
            _rooms.Add(room, guests = []);
        guest.Room = room;
        guests.Add(guest);
        guest.Tell($"You are in {room}, with {guests.Count - 1} others.");
        Announce(room, $"{guest.Name} has come in.", except: guest);
    }

    private void Leave(Guest guest)
    {
        if (guest.Room is not { } room)
            return;
        guest.Room = null;
        _rooms[room].Remove(guest);
        Announce(room, $"{guest.Name} has left.", except: guest);
        if (_rooms[room].Count == 0)
            _rooms.Remove(room);
    }

    private void Announce(string room, string text, Guest except)
    {
        foreach (var guest in _rooms[room].Where(guest => guest != except))
            guest.Tell(text);
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; _rooms.Values.Any(guests => guests.Exists(guest => guest.Name.Equals(unique, StringComparison.OrdinalIgnoreCase))); i++)
            unique = $"{name}{i}";
        return unique;
    }
}
