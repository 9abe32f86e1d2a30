"""Memory that every forked process shares, so that forking costs less."""

import ctypes

LIBC = ctypes.CDLL(None)
PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4
LEAST_BYTES = 64 * 1024


def share_code():
    """Lets a forked process find the code of Python mapped already.

    The kernel copies to a child where the pages of a file are only if one of them was written to;
    else each child finds them anew, at a page fault for every sixteen. So one byte of each mapping
    is replaced by itself (mm/memory.c, vma_needs_copy). Where that is forbidden, nothing changes.
    """
    for low, high, protection in code():
        if protect(low, high, protection | PROT_WRITE):
            last = ctypes.c_ubyte.from_address(high - 1)
            last.value = last.value
            protect(low, high, protection)


def code():
    """First and last address and protection of what is mapped of files to be read or run."""
    with open("/proc/self/maps") as lines:
        fields = [line.split() for line in lines]
    for place, allowed, *_, name in (held for held in fields if len(held) > 5):
        low, high = (int(part, 16) for part in place.split("-"))
        if name.startswith("/") and allowed in ("r--p", "r-xp") and high - low >= LEAST_BYTES:
            yield low, high, PROT_READ | (PROT_EXEC if "x" in allowed else 0)


def protect(low, high, protection):
    return LIBC.mprotect(ctypes.c_void_p(low), ctypes.c_size_t(high - low), protection) == 0
