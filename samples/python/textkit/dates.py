"""Calendar arithmetic on plain dates and durations."""

from collections.abc import Iterable
from datetime import date, timedelta

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_UNIT_LETTERS = "wdhms"
_UNIT_SECONDS = (604800, 86400, 3600, 60, 1)


def _days_in_month(year: int, month: int) -> int:
    """Return the number of days in a month (1 to 12) of the Gregorian calendar."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month == 2 and leap:
        return 29
    return _MONTH_LENGTHS[month - 1]


def add_months(day: date, months: int, stick_to_end: bool = False) -> date:
    """Move a date by a number of months, which may be negative.

    The day of the month is kept; where the target month is too short for it, the last day of
    that month is taken instead (31 January plus one month is 28 or 29 February). With
    `stick_to_end`, a date on the last day of its month always lands on the last day of the
    target month (28 February 2023 plus one month is 31 March).
    """
    index = day.year * 12 + day.month - 1 + months
    year = index // 12
    month = index % 12 + 1
    last = _days_in_month(year, month)
    if stick_to_end and day.day == _days_in_month(day.year, day.month):
        return date(year, month, last)
    return date(year, month, min(day.day, last))


def business_days_between(start: date, end: date, holidays: Iterable[date] = ()) -> int:
    """Count the working days from `start` (included) up to `end` (not included).

    Saturdays, Sundays and the given holidays are not working days; a holiday on a weekend or
    outside the span changes nothing. If `end` lies before `start`, the result is the negative
    of the count with the two dates exchanged. Equal dates give 0.
    """
    if end < start:
        return -business_days_between(end, start, holidays)
    closed = set(holidays)
    count = 0
    for offset in range((end - start).days):
        day = start + timedelta(days=offset)
        if day.weekday() < 5 and day not in closed:
            count += 1
    return count


def parse_duration(text: str) -> int:
    """Read a duration such as "1h30m" or "2d 12h" and return it in seconds.

    A duration is one or more whole numbers, each directly followed by a unit letter: w, d, h,
    m or s for weeks, days, hours, minutes and seconds, in either case. Units must come from
    largest to smallest, each at most once. Spaces may stand around the text and between a unit
    and the next number.

    Raises ValueError for empty text, a number without a unit, a unit without a number, an
    unknown unit, or units repeated or out of order.
    """
    total = 0
    digits = ""
    next_unit = 0
    for char in text.strip().lower():
        if char in "0123456789":
            digits += char
            continue
        if char == " " and not digits:
            continue
        position = _UNIT_LETTERS.find(char, next_unit)
        if not digits or position < 0:
            raise ValueError(f"invalid duration: {text!r}")
        total += int(digits) * _UNIT_SECONDS[position]
        digits = ""
        next_unit = position + 1
    if digits or next_unit == 0:
        raise ValueError(f"invalid duration: {text!r}")
    return total
