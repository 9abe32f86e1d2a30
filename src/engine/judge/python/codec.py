"""Plain data to and from JSON, with the type named where JSON has none.

What is not plain data crosses as a token: equal only to itself, and the object that it stands for
again where it comes back. Containers that were sent keep their identity when they are sent back.
"""

import collections
import datetime
import decimal
import fractions
import itertools
import json
import math
import types

MAX_DEPTH = 200
MAX_ITEMS = 10000
ITERATORS = (
    types.GeneratorType,
    type(iter([])),
    type(iter(())),
    type(iter({})),
    type(iter({}.values())),
    type(iter({}.items())),
    type(iter("")),
    type(iter(set())),
    type(iter(range(0))),
    type(reversed([])),
    map,
    filter,
    zip,
    enumerate,
    itertools.chain,
    itertools.islice,
    itertools.combinations,
    itertools.permutations,
    itertools.product,
    itertools.accumulate,
    itertools.count,
    itertools.cycle,
    itertools.repeat,
)


class Opaque(Exception):
    """A value that is not plain data, where only plain data is wanted."""


class Token:
    """Stands for an object of the other side. Equal only to itself."""

    __slots__ = ("number", "name")

    def __init__(self, number, name):
        self.number, self.name = number, name

    def __repr__(self):
        return "<" + self.name + ">"


class Side:
    """One side of a conversation: the objects that it gave away, and the tokens that it got."""

    def __init__(self):
        self.given, self.numbers, self.tokens = [], {}, {}

    def give(self, value):
        if type(value) is Token:
            return {"$": "yours", "v": value.number}
        number = self.numbers.get(id(value))
        if number is None:
            number = self.numbers[id(value)] = len(self.given)
            self.given.append(value)
        return {"$": "mine", "v": number, "name": type(value).__name__}

    def receive(self, kind, number, name):
        if kind == "yours":
            return self.given[number]
        return self.tokens.setdefault(number, Token(number, name))


class Known:
    """The containers of one call, numbered alike on both sides in the order of their encoding."""

    def __init__(self):
        self.containers, self.numbers = [], {}

    def add(self, container):
        self.numbers[id(container)] = len(self.containers)
        self.containers.append(container)
        return container

    def forget_after(self, count):
        for container in self.containers[count:]:
            del self.numbers[id(container)]
        del self.containers[count:]


def refuse(_value):
    raise Opaque()


def encode(value, give=refuse, known=None, depth=0):
    """Plain data as JSON; what is not goes through `give`, which refuses unless told otherwise."""
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return value if abs(value) < 2**53 else {"$": "int", "v": hex(value)}
    if kind is float:
        plain = math.isfinite(value) and not (value == 0 and math.copysign(1, value) < 0)
        return {"$": "float", "v": value if plain else repr(value)}
    if kind in SIMPLE:
        return {"$": kind.__name__, "v": SIMPLE[kind](value)}
    if depth > MAX_DEPTH:
        return give(value)
    if known is not None and kind in MUTABLE:
        if id(value) in known.numbers:
            return {"$": "same", "v": known.numbers[id(value)]}
        known.add(value)
    return encode_container(value, kind, lambda item: encode(item, give, known, depth + 1), give)


def encode_container(value, kind, inner, give):
    if kind is list:
        return [inner(item) for item in value]
    if kind in (dict, collections.OrderedDict, collections.Counter):
        return {"$": kind.__name__, "v": [[inner(k), inner(v)] for k, v in value.items()]}
    if kind is collections.defaultdict:
        return {"$": "dict", "v": [[inner(k), inner(v)] for k, v in value.items()]}
    if kind in (tuple, collections.deque):
        return {"$": kind.__name__, "v": [inner(item) for item in value]}
    if kind in (set, frozenset):
        items = [inner(item) for item in value]
        items.sort(key=lambda item: json.dumps(item, sort_keys=True))
        return {"$": kind.__name__, "v": items}
    if kind is bytearray:
        return {"$": "bytearray", "v": value.hex()}
    if kind in VIEWS:
        return {"$": "list" if kind is VIEWS[1] else "set", "v": [inner(item) for item in value]}
    if kind in ITERATORS:
        items = [inner(item) for item in itertools.islice(value, MAX_ITEMS + 1)]
        return {"$": "iterator", "v": items[:MAX_ITEMS], "more": len(items) > MAX_ITEMS}
    if issubclass(kind, tuple) and hasattr(kind, "_fields") and kind.__eq__ is tuple.__eq__:
        fields = [str(field) for field in kind._fields]
        return {"$": "namedtuple", "name": kind.__name__, "of": fields, "v": list(map(inner, value))}
    return give(value)


VIEWS = (type({}.keys()), type({}.values()), type({}.items()))
MUTABLE = {
    list,
    dict,
    set,
    bytearray,
    collections.OrderedDict,
    collections.Counter,
    collections.deque,
}
SIMPLE = {
    datetime.date: datetime.date.isoformat,
    datetime.datetime: datetime.datetime.isoformat,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: lambda value: [value.days, value.seconds, value.microseconds],
    decimal.Decimal: str,
    fractions.Fraction: str,
    bytes: bytes.hex,
    complex: lambda value: [repr(value.real), repr(value.imag)],
    range: lambda value: [value.start, value.stop, value.step],
}
ATOMS = {
    "int": lambda text: int(text, 16),
    "float": float,
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda parts: datetime.timedelta(*parts),
    "Decimal": decimal.Decimal,
    "Fraction": fractions.Fraction,
    "bytes": bytes.fromhex,
    "complex": lambda parts: complex(float(parts[0]), float(parts[1])),
    "range": lambda parts: range(*parts),
}
CONTAINERS = {
    "list": list,
    "dict": dict,
    "OrderedDict": collections.OrderedDict,
    "Counter": collections.Counter,
    "deque": collections.deque,
    "set": set,
    "bytearray": bytearray,
}


def decode(value, side=None, known=None):
    """The value again; containers are added to `known` before what is in them."""
    if isinstance(value, list):
        value = {"$": "list", "v": value}
    if not isinstance(value, dict):
        return value
    kind, held = value["$"], value.get("v")
    if kind in ATOMS:
        return ATOMS[kind](held)
    if kind == "same":
        return known.containers[held]
    if kind in ("mine", "yours"):
        return side.receive(kind, held, str(value.get("name", "object")))
    if kind in CONTAINERS:
        made = CONTAINERS[kind]()
        if known is not None:
            known.add(made)
        fill(made, held, side, known)
        return made
    items = [decode(item, side, known) for item in held]
    if kind == "iterator":
        return bounded(items, value["more"])
    if kind == "namedtuple":
        return collections.namedtuple(value["name"], value["of"], rename=True)(*items)
    return frozenset(items) if kind == "frozenset" else tuple(items)


def fill(container, held, side=None, known=None):
    """Makes a container hold just what was sent of it."""
    container.clear()
    if isinstance(container, bytearray):
        container.extend(bytes.fromhex(held))
    elif isinstance(container, dict):
        for key, item in held:
            container[decode(key, side, known)] = decode(item, side, known)
    elif isinstance(container, set):
        container.update(decode(item, side, known) for item in held)
    else:
        container.extend(decode(item, side, known) for item in held)


def bounded(items, more):
    yield from items
    if more:
        raise RuntimeError("an iterator of more than %d items" % MAX_ITEMS)
