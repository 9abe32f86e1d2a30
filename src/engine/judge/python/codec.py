"""Values to and from JSON, with the type named where JSON has none.

This is the part that needs no conversation: plain data and exact standard types. What is neither
goes through `give`, which refuses here; `Side` gives it an identity instead.
"""

import collections
import enum
import math
import types

import rarer
import standard
from containers import CONTAINERS, NAMED_CONTAINERS, in_order

MAX_PLAIN_INT = 2**53


class Opaque(Exception):
    """A value that is not plain data, where only plain data is wanted."""


class Codec:
    """Encodes and decodes. Containers are met in the same order on both sides: outermost first."""

    def encode(self, value):
        kind = type(value)
        if kind is str:
            return value if value.isascii() else write_text(value)
        if value is None or kind is bool:
            return value
        if kind is int and -MAX_PLAIN_INT < value < MAX_PLAIN_INT:
            return value
        container = CONTAINERS.get(kind)
        if container is not None:
            return self.met_before(value) or container.whole(self, value)
        write = WRITERS.get(kind)
        if write is not None:
            return write(self, value)
        return self.encode_other(value, kind)

    def encode_other(self, value, kind):
        if kind in standard.NAMED_KINDS and id(value) in standard.NAMES:
            return {"$": "named", "v": standard.NAMES[id(value)]}
        write = rarer.kind_of(value)
        if write is not None:
            return write(self, value)
        if issubclass(kind, tuple) and hasattr(kind, "_fields") and kind.__eq__ is tuple.__eq__:
            fields = [str(field) for field in kind._fields]
            held = [self.encode(item) for item in value]
            return {"$": "namedtuple", "name": kind.__name__, "of": fields, "v": held}
        if isinstance(kind, enum.EnumMeta) and standard.enum_name(kind) is not None:
            return {"$": "enum", "name": standard.enum_name(kind), "v": self.encode(value.value)}
        return self.encode_below(value, kind) or self.give(value)

    def encode_below(self, _value, _kind):
        """A value of a class that a side defined below a standard one; None for any other."""
        return None

    def decode(self, told):
        kind = type(told)
        if kind is list:
            return CONTAINERS[list].read(self, {"v": told})
        if kind is not dict:
            return told
        name = told["$"]
        container = NAMED_CONTAINERS.get(name)
        if container is not None:
            return container.read(self, told)
        read = READERS.get(name)
        return read(self, told) if read is not None else self.take(told)

    def give(self, _value):
        raise Opaque()

    def take(self, told):
        raise ValueError("a value of no known kind: %r" % told.get("$"))

    def encode_nan(self, _value):
        return {"$": "float", "v": "nan"}

    def met_before(self, _container):
        """How a container that the other side has is told; None where it is told whole."""
        return None

    def meet(self, _container):
        """Notes a container that the other side told, before what is in it is read."""


def encode(value):
    """Plain data as JSON. Throws Opaque for what is none, or is nested too deeply."""
    try:
        return Codec().encode(value)
    except RecursionError:
        raise Opaque() from None


def decode(told):
    return Codec().decode(told)


def plain(name, write):
    return lambda _codec, value: {"$": name, "v": write(value)}


def items(name):
    return lambda codec, value: {"$": name, "v": [codec.encode(item) for item in value]}


def write_text(value):
    """Texts with halves of characters apart: JSON joins two that stand beside each other."""
    try:
        value.encode()
        return value
    except UnicodeEncodeError:
        return {"$": "str", "v": value.encode("utf-8", "surrogatepass").hex()}


def write_float(codec, value):
    if value != value:
        return codec.encode_nan(value)
    is_plain = math.isfinite(value) and not (value == 0 and math.copysign(1, value) < 0)
    return {"$": "float", "v": value if is_plain else repr(value)}


def write_frozenset(codec, value):
    return {"$": "frozenset", "v": in_order([codec.encode(item) for item in value])}


def write_slice(codec, value):
    return {"$": "slice", "v": [codec.encode(v) for v in (value.start, value.stop, value.step)]}


def write_pairs(name):
    return lambda codec, value: {
        "$": name,
        "v": [[codec.encode(key), codec.encode(item)] for key, item in value.items()],
    }


def write_memory(codec, value):
    is_plain = value.format == "B" and value.ndim == 1 and value.c_contiguous
    return {"$": "memoryview", "v": value.hex()} if is_plain else codec.give(value)


def read_named(_codec, told):
    return standard.BY_NAME[told["v"]]


def read_namedtuple(codec, told):
    kind = named_tuple_class(str(told["name"]), tuple(map(str, told["of"])))
    return kind(*[codec.decode(item) for item in told["v"]])


def named_tuple_class(name, fields):
    """One class for all of one name with the same fields, so that their types are the same."""
    made = NAMED_TUPLES.get((name, fields))
    if made is None:
        if len(NAMED_TUPLES) > 1000:
            NAMED_TUPLES.clear()
        made = NAMED_TUPLES[name, fields] = collections.namedtuple(name, fields, rename=True)
    return made


def read_items(make):
    return lambda codec, told: make([codec.decode(item) for item in told["v"]])


def read_pairs(make):
    return lambda codec, told: make({codec.decode(k): codec.decode(v) for k, v in told["v"]})


NAMED_TUPLES = {}
EMPTY, EMPTY_ORDERED = {}, collections.OrderedDict()
WRITERS = {
    int: plain("int", hex),
    float: write_float,
    tuple: items("tuple"),
    frozenset: write_frozenset,
    bytes: plain("bytes", bytes.hex),
    complex: plain("complex", lambda value: [repr(value.real), repr(value.imag)]),
    range: plain("range", lambda value: [value.start, value.stop, value.step]),
    slice: write_slice,
    memoryview: write_memory,
    type(EMPTY.keys()): items("keys"),
    type(EMPTY.values()): items("values"),
    type(EMPTY.items()): lambda codec, value: write_pairs("items")(codec, dict(value)),
    type(EMPTY_ORDERED.keys()): items("keys"),
    type(EMPTY_ORDERED.values()): items("values"),
    type(EMPTY_ORDERED.items()): lambda codec, value: write_pairs("items")(codec, dict(value)),
    types.MappingProxyType: write_pairs("mappingproxy"),
    collections.ChainMap: lambda codec, value: items("ChainMap")(codec, value.maps),
}
READERS = {
    "str": lambda _codec, told: bytes.fromhex(told["v"]).decode("utf-8", "surrogatepass"),
    "int": lambda _codec, told: int(told["v"], 16),
    "float": lambda _codec, told: math.nan if told["v"] == "nan" else float(told["v"]),
    "tuple": read_items(tuple),
    "frozenset": read_items(frozenset),
    "bytes": lambda _codec, told: bytes.fromhex(told["v"]),
    "complex": lambda _codec, told: complex(float(told["v"][0]), float(told["v"][1])),
    "range": lambda _codec, told: range(*told["v"]),
    "slice": read_items(lambda parts: slice(*parts)),
    "memoryview": lambda _codec, told: memoryview(bytes.fromhex(told["v"])),
    "keys": read_items(lambda parts: dict.fromkeys(parts).keys()),
    "values": read_items(lambda parts: dict(enumerate(parts)).values()),
    "items": read_pairs(dict.items),
    "mappingproxy": read_pairs(types.MappingProxyType),
    "ChainMap": read_items(lambda maps: collections.ChainMap(*maps)),
    "named": read_named,
    "namedtuple": read_namedtuple,
    "enum": lambda codec, told: standard.enum_class(told["name"])(codec.decode(told["v"])),
    **rarer.READ,
}
