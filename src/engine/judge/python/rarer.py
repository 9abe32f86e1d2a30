"""Values of modules that are loaded only where they are used: how each is written and read.

A value of such a kind can only be met where its module was loaded already; who reads it loads it.
"""

import sys


def kind_of(value):
    """How values of this class are written; None where it is none of these."""
    kind = type(value)
    name = kind.__name__
    module, write = WRITTEN.get(name, NONE)
    return write if module and getattr(sys.modules.get(module), name, None) is kind else None


def plain(write):
    return lambda _codec, value: {"$": type(value).__name__, "v": write(value)}


def load(name):
    """The class of that name, and its module loaded."""
    module, _ = WRITTEN[name]
    __import__(module)
    return getattr(sys.modules[module], name)


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
    moment = load(told["$"]).fromisoformat(told["v"])
    if "zone" not in told:
        return moment
    return moment.replace(tzinfo=codec.decode(told["zone"]), fold=told["fold"])


def write_zone(codec, value):
    return {"$": "timezone", "v": [codec.encode(part) for part in value.__getinitargs__()]}


def read_zone(codec, told):
    return load("timezone")(*[codec.decode(part) for part in told["v"]])


def write_pattern(_codec, value):
    text = value.pattern
    written = {"bytes": text.hex()} if type(text) is bytes else text
    return {"$": "Pattern", "v": [written, value.flags]}


def read_pattern(_codec, told):
    import re

    text, flags = told["v"]
    return re.compile(bytes.fromhex(text["bytes"]) if type(text) is dict else text, flags)


def made(name):
    return lambda _codec, told: load(name)(told["v"])


NONE = None, None
WRITTEN = {
    "date": ("datetime", plain(lambda value: value.isoformat())),
    "datetime": ("datetime", write_moment),
    "time": ("datetime", write_moment),
    "timedelta": ("datetime", plain(lambda value: [value.days, value.seconds, value.microseconds])),
    "timezone": ("datetime", write_zone),
    "Decimal": ("decimal", plain(str)),
    "Fraction": ("fractions", plain(str)),
    "PosixPath": ("pathlib", plain(str)),
    "PurePosixPath": ("pathlib", plain(str)),
    "PureWindowsPath": ("pathlib", plain(str)),
    "UUID": ("uuid", plain(str)),
    "IPv4Address": ("ipaddress", plain(str)),
    "IPv6Address": ("ipaddress", plain(str)),
    "IPv4Network": ("ipaddress", plain(str)),
    "IPv6Network": ("ipaddress", plain(str)),
    "IPv4Interface": ("ipaddress", plain(str)),
    "IPv6Interface": ("ipaddress", plain(str)),
    "ZoneInfo": ("zoneinfo", plain(lambda value: value.key)),
    "struct_time": ("time", plain(list)),
    "Pattern": ("re", write_pattern),
}
READ = {
    **{name: made(name) for name in WRITTEN},
    "date": lambda _codec, told: load("date").fromisoformat(told["v"]),
    "datetime": read_moment,
    "time": read_moment,
    "timedelta": lambda _codec, told: load("timedelta")(*told["v"]),
    "timezone": read_zone,
    "Pattern": read_pattern,
}
