"""Values to and from JSON, with the type named where JSON has none.

This is the part that needs no conversation: plain data and exact standard types. What is neither
goes through `give`, which refuses here; `Side` gives it an identity instead.
"""

import collections
import datetime
import decimal
import enum
import fractions
import math
import sys
import types

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
        lazy = LAZY.get(kind.__name__)
        if lazy is not None and getattr(sys.modules.get(lazy[0]), kind.__name__, None) is kind:
            return {"$": kind.__name__, "v": lazy[1](value)}
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


def write_moment(codec, value):
    """Date and time, or time alone; with its zone where that is of the library."""
    name, zone = type(value).__name__, value.tzinfo
    if zone is None and not value.fold:
        return {"$": name, "v": value.isoformat()}
    told = codec.encode(zone)
    if zone is not None and told["$"] not in ("timezone", "ZoneInfo"):
        return codec.give(value)
    return {"$": name, "v": value.replace(tzinfo=None).isoformat(), "fold": value.fold, "zone": told}


def read_moment(codec, told):
    moment = MOMENTS[told["$"]].fromisoformat(told["v"])
    if "zone" not in told:
        return moment
    return moment.replace(tzinfo=codec.decode(told["zone"]), fold=told["fold"])


def write_zone(codec, value):
    return {"$": "timezone", "v": [codec.encode(part) for part in value.__getinitargs__()]}


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


def lazily(module, name):
    def read(_codec, told):
        __import__(module)
        return getattr(sys.modules[module], name)(told["v"])

    return read


def read_pattern(_codec, told):
    import re

    text, flags = told["v"]
    return re.compile(bytes.fromhex(text["bytes"]) if type(text) is dict else text, flags)


def pattern_parts(value):
    text = value.pattern
    return [{"bytes": text.hex()} if type(text) is bytes else text, value.flags]


NAMED_TUPLES = {}
MOMENTS = {"datetime": datetime.datetime, "time": datetime.time}
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
    datetime.date: plain("date", datetime.date.isoformat),
    datetime.datetime: write_moment,
    datetime.time: write_moment,
    datetime.timedelta: plain("timedelta", lambda v: [v.days, v.seconds, v.microseconds]),
    datetime.timezone: write_zone,
    decimal.Decimal: plain("Decimal", str),
    fractions.Fraction: plain("Fraction", str),
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
    "date": lambda _codec, told: datetime.date.fromisoformat(told["v"]),
    "datetime": read_moment,
    "time": read_moment,
    "timedelta": lambda _codec, told: datetime.timedelta(*told["v"]),
    "timezone": read_items(lambda parts: datetime.timezone(*parts)),
    "Decimal": lambda _codec, told: decimal.Decimal(told["v"]),
    "Fraction": lambda _codec, told: fractions.Fraction(told["v"]),
    "keys": read_items(lambda parts: dict.fromkeys(parts).keys()),
    "values": read_items(lambda parts: dict(enumerate(parts)).values()),
    "items": read_pairs(dict.items),
    "mappingproxy": read_pairs(types.MappingProxyType),
    "ChainMap": read_items(lambda maps: collections.ChainMap(*maps)),
    "named": read_named,
    "namedtuple": read_namedtuple,
    "enum": lambda codec, told: standard.enum_class(told["name"])(codec.decode(told["v"])),
    "Pattern": read_pattern,
}
# Types of modules that are loaded only where they are used: module, and how it is written.
LAZY = {
    "PosixPath": ("pathlib", str),
    "PurePosixPath": ("pathlib", str),
    "PureWindowsPath": ("pathlib", str),
    "UUID": ("uuid", str),
    "IPv4Address": ("ipaddress", str),
    "IPv6Address": ("ipaddress", str),
    "IPv4Network": ("ipaddress", str),
    "IPv6Network": ("ipaddress", str),
    "IPv4Interface": ("ipaddress", str),
    "IPv6Interface": ("ipaddress", str),
    "ZoneInfo": ("zoneinfo", lambda value: value.key),
    "struct_time": ("time", list),
    "Pattern": ("re", pattern_parts),
}
READERS.update((name, lazily(of, name)) for name, (of, _) in LAZY.items() if name != "Pattern")
