"""Half-open integer intervals: (start, end) holds start but not end."""

from collections.abc import Iterable

Interval = tuple[int, int]


def merge_intervals(intervals: Iterable[Interval], tolerance: int = 0) -> list[Interval]:
    """Join intervals that overlap or touch and return them in ascending order.

    Two neighbours are joined as well when the gap between them is at most `tolerance` long.
    Empty intervals (start equal to end) are dropped before joining.

    Raises ValueError if an interval ends before it starts.
    """
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if end < start:
            raise ValueError(f"interval ends before it starts: ({start}, {end})")
        if start == end:
            continue
        if merged and start - merged[-1][1] <= tolerance:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract_intervals(base: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """Return what is left of `base` after all of `holes` has been cut out of it.

    Both arguments may be unsorted and may overlap themselves; they are merged first. The
    result is in ascending order, without empty intervals, and parts that were not cut apart
    by a hole stay whole.

    Raises ValueError if any interval ends before it starts.
    """
    remaining: list[Interval] = []
    cuts = merge_intervals(holes)
    for start, end in merge_intervals(base):
        cursor = start
        for hole_start, hole_end in cuts:
            if hole_start >= end:
                break
            if hole_start > cursor:
                remaining.append((cursor, hole_start))
            cursor = max(cursor, hole_end)
        if cursor < end:
            remaining.append((cursor, end))
    return remaining


def find_gaps(
    busy: Iterable[Interval], start: int, end: int, min_length: int = 1
) -> list[Interval]:
    """List the free intervals of at least `min_length` between `start` and `end`.

    The gaps are what the `busy` intervals leave free of the window from `start` up to `end`,
    in ascending order; busy time outside the window is ignored. A window that is empty or
    turned around (end not after start) has no gaps.

    Raises ValueError if `min_length` is less than 1.
    """
    if min_length < 1:
        raise ValueError("min_length must be at least 1")
    gaps: list[Interval] = []
    cursor = start
    for busy_start, busy_end in merge_intervals(busy):
        free_until = min(busy_start, end)
        if free_until - cursor >= min_length:
            gaps.append((cursor, free_until))
        cursor = max(cursor, busy_end)
    if end - cursor >= min_length:
        gaps.append((cursor, end))
    return gaps
