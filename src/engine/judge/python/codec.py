"""Plain data to and from JSON, with the type named where JSON has none."""

import datetime
import decimal
import fractions
import json
import math


class Opaque(Exception):
    """A value that is not plain data."""


def encode(value, depth=0):
    """Plain data as JSON with the type named where JSON has none; raises Opaque for the rest."""
    if depth > 50:
        raise Opaque()
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return value if abs(value) < 2**53 else {"$": "int", "v": str(value)}
    if kind is float:
        if math.isnan(value) or math.isinf(value) or (value == 0 and math.copysign(1, value) < 0):
            return {"$": "float", "v": repr(value)}
        return {"$": "float", "v": value}
    if kind is list:
        return [encode(item, depth + 1) for item in value]
    if kind is dict:
        items = [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]
        return {"$": "dict", "v": items}
    if kind in (tuple, set, frozenset):
        items = [encode(item, depth + 1) for item in value]
        if kind is not tuple:
            items.sort(key=lambda item: json.dumps(item, sort_keys=True))
        return {"$": kind.__name__, "v": items}
    if kind in (datetime.date, datetime.datetime, datetime.time):
        return {"$": kind.__name__, "v": value.isoformat()}
    if kind is datetime.timedelta:
        return {"$": "timedelta", "v": [value.days, value.seconds, value.microseconds]}
    if kind in (decimal.Decimal, fractions.Fraction):
        return {"$": kind.__name__, "v": str(value)}
    if kind is bytes:
        return {"$": "bytes", "v": value.hex()}
    raise Opaque()


DECODERS = {
    "int": int,
    "float": float,
    "dict": lambda items: {decode(key): decode(value) for key, value in items},
    "tuple": lambda items: tuple(decode(item) for item in items),
    "set": lambda items: {decode(item) for item in items},
    "frozenset": lambda items: frozenset(decode(item) for item in items),
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda parts: datetime.timedelta(*parts),
    "Decimal": decimal.Decimal,
    "Fraction": fractions.Fraction,
    "bytes": bytes.fromhex,
}


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if isinstance(value, dict):
        return DECODERS[value["$"]](value["v"])
    return value
