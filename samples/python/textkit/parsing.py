"""Readers for small textual formats."""

import re
from typing import Optional

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_VERSION = re.compile(r"v?(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.]+))?")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def _read_quoted(text: str) -> tuple[str, str]:
    """Read a double-quoted string at the start of text; return its value and what follows."""
    value = ""
    index = 1
    while index < len(text):
        char = text[index]
        if char == '"':
            return value, text[index + 1 :]
        if char == "\\":
            index += 1
            char = _ESCAPES.get(text[index : index + 1], "")
            if not char:
                raise ValueError("unknown escape in quoted value")
        value += char
        index += 1
    raise ValueError("quoted value is not closed")


def parse_config_line(line: str) -> Optional[tuple[str, str]]:
    r"""Read one `key = value` line; return (key, value), or None for a blank or comment line.

    A comment line starts with "#", possibly after spaces. A key starts with a letter or
    underscore and goes on with letters, digits, "_", "." or "-". Spaces around key and value
    are dropped. A plain value ends before a "#" that follows a space, and may be empty. A
    value that starts with a double quote ends at the next unescaped one and is kept as
    written, with \n, \t, \" and \\ decoded; after it only a comment may follow.

    Raises ValueError if there is no "=", or the key, an escape or the closing quote is wrong
    or missing, or other text follows the closing quote.
    """
    stripped = line.strip()
    if not stripped or stripped.startswith("#"):
        return None
    key, equals, value = stripped.partition("=")
    key, value = key.strip(), value.strip()
    if not equals or not _KEY.fullmatch(key):
        raise ValueError(f"expected key = value: {line!r}")
    if value.startswith('"'):
        value, rest = _read_quoted(value)
        rest = rest.strip()
        if rest and not rest.startswith("#"):
            raise ValueError(f"text after the closing quote: {line!r}")
        return key, value
    comment = f" {value}".find(" #")
    if comment >= 0:
        value = value[:comment].strip()
    return key, value


def compare_versions(left: str, right: str) -> int:
    """Compare two versions; return -1, 0 or 1 as `left` is older than, equal to or newer.

    A version is dotted whole numbers with an optional leading "v" and an optional suffix after
    a hyphen ("v1.4.0-rc.2"). Numbers compare as numbers, from left to right, and missing ones
    count as 0, so "1.2" equals "1.2.0". With equal numbers, a version with a suffix is older
    than one without, and two suffixes compare as plain text.

    Raises ValueError if either text is not a version.
    """
    parsed = []
    for text in (left, right):
        match = _VERSION.fullmatch(text)
        if match is None:
            raise ValueError(f"not a version: {text!r}")
        numbers = [int(part) for part in match[1].split(".")]
        while len(numbers) > 1 and numbers[-1] == 0:
            numbers.pop()
        parsed.append((numbers, match[2] is None, match[2] or ""))
    if parsed[0] == parsed[1]:
        return 0
    return -1 if parsed[0] < parsed[1] else 1


def split_csv_line(line: str, separator: str = ",") -> list[str]:
    """Split one CSV record (without its line end) into its fields.

    A field may be written between double quotes; there the separator is ordinary text and two
    double quotes stand for one. A double quote that is not the first character of its field
    is ordinary text, and text after a closing quote is appended as it is. Spaces are kept. The
    empty line is one empty field.

    Raises ValueError if a quoted field is not closed.
    """
    fields: list[str] = []
    field = ""
    quoted = False
    index = 0
    while index < len(line):
        char = line[index]
        if quoted and char == '"':
            if line[index + 1 : index + 2] == '"':
                field += '"'
                index += 1
            else:
                quoted = False
        elif char == '"' and not field:
            quoted = True
        elif char == separator and not quoted:
            fields.append(field)
            field = ""
        else:
            field += char
        index += 1
    if quoted:
        raise ValueError("quoted field is not closed")
    fields.append(field)
    return fields
