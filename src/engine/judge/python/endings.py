"""Exceptions that end more than a call: what they end must not look as if all had been done.

A program's StopIteration ends a loop of the tests such as `zip(map(f, given), wanted)` before its
first check, and a task that is cancelled is no failure to those who wait for many. Unless the tests
speak of such an exception, it comes to them as a RuntimeError of its name. An iterator that has no
more items may say so: that is what it was asked.
"""

import raising
import standard

ENDINGS = {
    "builtins:SystemExit": "SystemExit",
    "builtins:KeyboardInterrupt": "KeyboardInterrupt",
    "builtins:GeneratorExit": "GeneratorExit",
    "builtins:StopIteration": "StopIteration",
    "builtins:StopAsyncIteration": "StopAsyncIteration",
    "asyncio.exceptions:CancelledError": "CancelledError",
}
# What the end of an iterator is, by how its next item is asked for.
STOPS = {
    "next": "builtins:StopIteration",
    "send": "builtins:StopIteration",
    "throw": "builtins:StopIteration",
    "step": "builtins:StopAsyncIteration",
}


def unwanted_by(texts):
    """The endings that tests do not speak of."""
    return {full for full, name in ENDINGS.items() if not any(name in text for text in texts)}


def as_wanted(error, verb, unwanted):
    """What tests are to see of `error`, which the program raised when it was asked for `verb`."""
    for kind in type(error).__mro__:
        name = standard.error_name(kind)
        if name in unwanted and name != STOPS.get(verb):
            return renamed(error, ENDINGS[name])
    return error


def renamed(error, name):
    known = RENAMED.get(name)
    if known is None:
        known = RENAMED[name] = type(name, (RuntimeError,), {"__module__": raising.MADE})
    return known(raising.printed(error))


RENAMED = {}
