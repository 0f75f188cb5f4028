namespace RespServer;

/// <summary>
/// The words of a line that a person has typed: between blanks, or in quotes, which may begin anywhere in a word and end it. In double ones a backslash stands before letters for control characters, two digits of a byte
/// (<c>\x41</c>), and anything else for itself; in single ones before a single one.
/// </summary>
internal ref struct InlineWords
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly Span<byte> _text;
    private int _at;
    private int _length;

    private InlineWords(ReadOnlySpan<byte> line, Span<byte> text)
    {
        _line = line;
        _text = text;
    }

    /// <summary>Adds where the words lie in <paramref name="text"/>, to which they are copied one after the other. False if a quote does not end, or in the middle of a word.</summary>
    /// <param name="line">What was typed.</param>
    /// <param name="text">As long as the line.</param>
    /// <param name="words">Gets them.</param>
    public static bool TrySplit(ReadOnlySpan<byte> line, Span<byte> text, List<Range> words)
    {
        var split = new InlineWords(line, text);
        while (split.SkipBlanks())
        {
            int begin = split._length;
            if (!split.TryWord())
                return false;
            words.Add(begin..split._length);
        }

        return true;
    }

    private bool SkipBlanks()
    {
        while (_at < _line.Length && IsBlank(_line[_at]))
            _at++;
        return _at < _line.Length;
    }

    private bool TryWord()
    {
        while (_at < _line.Length && !IsBlank(_line[_at]))
        {
            byte next = _line[_at++];
            if (next is not ((byte)'"' or (byte)'\''))
                _text[_length++] = next;
            else if (!TryQuoted(next))
                return false;
        }

        return true;
    }

    private bool TryQuoted(byte quote)
    {
        while (_at < _line.Length)
        {
            byte next = _line[_at++];
            if (next == quote)
                return _at == _line.Length || IsBlank(_line[_at]);
            _text[_length++] = next == '\\' && _at < _line.Length ? Escaped(quote) : next;
        }

        return false;
    }

    // Behind a backslash.
    private byte Escaped(byte quote)
    {
        byte next = _line[_at];
        if (quote == '\'')
        {
            if (next != quote)
                return (byte)'\\';
            _at++;
            return next;
        }

        if (next == 'x' && _line.Length - _at > 2 && char.IsAsciiHexDigit((char)_line[_at + 1]) && char.IsAsciiHexDigit((char)_line[_at + 2]))
        {
            byte value = Convert.FromHexString([(char)_line[_at + 1], (char)_line[_at + 2]])[0];
            _at += 3;
            return value;
        }

        _at++;
        return next switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'a' => (byte)'\a',
            _ => next,
        };
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
}
