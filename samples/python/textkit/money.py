"""Amounts of money as whole cents."""

from collections.abc import Sequence
from typing import Optional

_BASIS = 10_000


def split_bill(total: int, shares: Sequence[int]) -> list[int]:
    """Split an amount in cents in proportion to `shares`, without losing a cent.

    Everyone first gets their exact part rounded down; the cents left over go, one each, to
    those whose parts were cut the most, and with equal cuts to those earlier in the list. The
    parts always add up to `total`. A negative total (a refund) is split like the positive one
    with every sign turned. A share of 0 gets nothing.

    Raises ValueError if a share is negative or the shares do not add up to more than 0.
    """
    whole = sum(shares)
    if whole <= 0 or min(shares) < 0:
        raise ValueError("shares must not be negative and must add up to more than 0")
    if total < 0:
        return [-part for part in split_bill(-total, shares)]
    parts = [total * share // whole for share in shares]
    left_over = total - sum(parts)
    by_cut = sorted(range(len(shares)), key=lambda index: -(total * shares[index] % whole))
    for index in by_cut[:left_over]:
        parts[index] += 1
    return parts


def tiered_fee(amount: int, tiers: Sequence[tuple[Optional[int], int]], minimum: int = 0) -> int:
    """Compute a fee in cents where each slice of the amount has its own rate.

    Each tier is (limit, rate): the part of the amount above the limit of the tier before (0 at
    first) and up to this limit costs `rate` basis points, hundredths of a percent. A limit of
    None has no end, and tiers after it are ignored. Whatever lies above the last limit is free.
    The sum over all tiers is rounded once, to the nearest cent with halves up, and raised to
    `minimum` if it is below. An amount of 0 or less costs 0, whatever the tiers and the minimum.

    Raises ValueError if a limit is not greater than the one before it.
    """
    if amount <= 0:
        return 0
    owed = 0
    floor = 0
    for limit, rate in tiers:
        if limit is not None and limit <= floor:
            raise ValueError("tier limits must increase")
        reached = amount if limit is None else min(amount, limit)
        owed += max(0, reached - floor) * rate
        if limit is None:
            break
        floor = limit
    fee = (owed + _BASIS // 2) // _BASIS
    return max(fee, minimum)


def format_amount(cents: int, symbol: str = "$", accounting: bool = False) -> str:
    """Write an amount of cents with a currency symbol, such as "$1,234.05".

    The cents always have two digits, and the whole part has a comma before every third digit
    from the right. A negative amount has a minus sign before the symbol ("-$0.50"), or, with
    `accounting`, stands in parentheses without a sign ("($0.50)").
    """
    whole, rest = divmod(abs(cents), 100)
    digits = str(whole)
    groups: list[str] = []
    while len(digits) > 3:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    groups.insert(0, digits)
    text = f"{symbol}{','.join(groups)}.{rest:02d}"
    if cents < 0:
        return f"({text})" if accounting else f"-{text}"
    return text
