"""Page lists such as "1-3,8" and Roman numerals."""

import re
from collections.abc import Iterable

_RANGE = re.compile(r"(\d+)(?:-(\d+)(?::(\d+))?)?")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_STEPS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def expand_ranges(spec: str) -> list[int]:
    """Expand a list such as "1-3, 8, 10-20:5" into distinct numbers in ascending order.

    The parts are separated by commas, with optional spaces around them. A part is a whole
    number, a range "low-high" that holds both ends, or a range with a step "low-high:step"
    that starts at low and goes on as long as high is not passed. A blank spec gives [].

    Raises ValueError for a part of any other form (an empty one too), for a range with high
    below low, and for a step of 0.
    """
    if not spec.strip():
        return []
    numbers: set[int] = set()
    for part in spec.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"not a number or range: {part!r}")
        low = int(match[1])
        high = int(match[2] or low)
        step = int(match[3] or 1)
        if high < low or step < 1:
            raise ValueError(f"range never reaches its end: {part!r}")
        numbers.update(range(low, high + 1, step))
    return sorted(numbers)


def collapse_ranges(numbers: Iterable[int]) -> str:
    """Write whole numbers as a short list of ranges, such as "1-3,8".

    The numbers may come in any order and repeat. Three or more consecutive numbers are written
    "first-last"; a single number and each of two neighbours are written on their own ("4,5").
    Parts are in ascending order, separated by commas without spaces; no numbers give "".

    Raises ValueError if a number is negative.
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if number < 0:
            raise ValueError(f"number is negative: {number}")
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts: list[str] = []
    for first, last in runs:
        if last - first >= 2:
            parts.append(f"{first}-{last}")
        else:
            parts.extend(str(number) for number in range(first, last + 1))
    return ",".join(parts)


def _to_roman(number: int) -> str:
    """Write a positive number in standard Roman form."""
    text = ""
    for value, letters in _ROMAN_STEPS:
        text += letters * (number // value)
        number %= value
    return text


def from_roman(text: str) -> int:
    """Read a Roman numeral from I (1) to MMMCMXCIX (3999), in either case.

    Only the standard form is accepted: "IV" but not "IIII", "XCIX" but not "IC". A letter of
    less value than the one right after it is subtracted, every other letter is added.

    Raises ValueError for empty text, letters that are no numerals, a form that is not the
    standard one, and values above 3999.
    """
    numeral = text.upper()
    total = 0
    for index, letter in enumerate(numeral):
        if letter not in _ROMAN_VALUES:
            raise ValueError(f"not a Roman numeral: {text!r}")
        value = _ROMAN_VALUES[letter]
        following = _ROMAN_VALUES.get(numeral[index + 1 : index + 2], 0)
        total += -value if value < following else value
    if not 0 < total < 4000 or _to_roman(total) != numeral:
        raise ValueError(f"not a standard Roman numeral: {text!r}")
    return total
