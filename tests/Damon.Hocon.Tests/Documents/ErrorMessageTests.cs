namespace Damon.Hocon.Tests.Documents;

public class ErrorMessageTests
{
    [Theory]
    [InlineData("a = 1\nb = {}}\n", "s.conf:2:7: expected a key, ',' or the end of the file, found '}' without a '{'")]
    [InlineData("a { x = 1\n", "s.conf:2:1: expected a key or '}', found the end of the file")]
    [InlineData("a = [1, 2}\n", "s.conf:1:10: expected ',', a new line or ']' after the value, found '}'")]
    [InlineData("a = me@host\n", "s.conf:1:7: expected ',' or a new line after the value, found '@', which must be in quotes")]
    [InlineData("a = \"x\\qy\"\n", "s.conf:1:5: expected a value, found the unknown escape '\\q' in a quoted text")]
    [InlineData("a = \"never closed\nb = 1\n", "s.conf:1:5: expected a value, found the control character U+000A in a quoted text, where it must be escaped")]
    [InlineData("\n  alone\nb = 1\n", "s.conf:3:1: expected '=', ':', '+=' or '{' after the key alone, found 'b'")]
    [InlineData("a = ${b\n", "s.conf:1:5: expected a value, found '${' without a '}'")]
    [InlineData("a. = 1\n", "s.conf:1:1: the key is no path: it has a '.' at an end or two in a row (an empty name is written \"\")")]
    [InlineData("a = [ { b += 1 } ]\n", "s.conf:1:9: found '+=' inside an array or inside the value of another '+=', allowed there: '=' or ':'")]
    public void A_parse_error_names_place_expectation_and_finding(string text, string message)
    {
        HoconException error = Assert.Throws<HoconException>(() => HoconDocument.Parse(text, "s.conf"));

        Assert.Equal(message, error.Message);
        Assert.Equal(HoconErrorKind.Parse, error.Kind);
    }

    [Theory]
    [InlineData("x = 1\na = ${nope.nada}\n", HoconErrorKind.Unresolved, "s.conf:2:5: ${nope.nada} has no value")]
    [InlineData("a = ${b}\nb = ${a}\n", HoconErrorKind.Unresolved, "s.conf:2:5: ${a} is part of a cycle: it needs ${b} at s.conf:1:5, which needs it")]
    [InlineData("s = t\nl = [1]\na = ${s} ${l}\n", HoconErrorKind.WrongType, "s.conf:1:5: a text cannot be joined with an array; allowed: objects with objects, arrays with arrays, plain values with plain values")]
    [InlineData("\n[1]", HoconErrorKind.WrongType, "s.conf:2:1: found an array as the whole document, allowed: an object")]
    [InlineData("include required(\"gone.conf\")", HoconErrorKind.Other, "s.conf:1:1: the required include \"gone.conf\" was not found")]
    public void Other_errors_name_their_place(string text, HoconErrorKind kind, string message)
    {
        HoconException error = Assert.Throws<HoconException>(() => HoconDocument.Parse(text, "s.conf"));

        Assert.Equal(message, error.Message);
        Assert.Equal(kind, error.Kind);
    }

    [Fact]
    public void An_error_in_an_included_file_names_that_file()
    {
        HoconOptions options = new() { Files = HoconFiles.InMemory(new Dictionary<string, string> { ["sub/p.conf"] = "x = 1\ny = ]\n" }) };

        HoconException error = Assert.Throws<HoconException>(() => HoconDocument.Parse("include \"sub/p.conf\"", "main.conf", options));

        Assert.Equal("sub/p.conf:2:5: expected a value, found ']'", error.Message);
    }

    [Fact]
    public void A_missing_file_is_an_error_with_its_name()
    {
        HoconException error = Assert.Throws<HoconException>(() => HoconDocument.Load("no/such.conf"));

        Assert.Equal(HoconErrorKind.Other, error.Kind);
        Assert.StartsWith("no/such.conf: cannot be read", error.Message, StringComparison.Ordinal);
    }
}
