"""What Python's own library defines and both sides therefore have: it crosses by its name.

A side is told a name and finds the thing itself, in lists that are closed: nothing that could reach
into a process, and nothing that is equal to what it is not, is ever found under a name.
"""

import builtins
import importlib
import math
import operator
import sys
import types

TYPES = (
    "bool bytearray bytes complex dict enumerate filter float frozenset int list map object range "
    "reversed set slice str tuple zip"
).split()
FUNCTIONS = (
    "abs all any ascii bin callable chr divmod hash hex iter len max min next oct ord pow repr "
    "round sorted sum"
).split()
WITH_METHODS = (str, bytes, int, float, list, tuple, dict, set, frozenset)

# Modules whose exceptions cross as themselves. None does anything by being imported.
ERROR_MODULES = frozenset(
    """
    builtins json.decoder decimal re sre_constants re._constants struct zlib binascii _csv csv
    _queue queue copy statistics dataclasses subprocess asyncio.exceptions asyncio.locks
    asyncio.queues concurrent.futures._base concurrent.futures.process concurrent.futures.thread
    configparser zoneinfo._common xml.etree.ElementTree xml.parsers.expat sqlite3 graphlib shutil
    http.client urllib.error email.errors argparse getopt calendar ipaddress tokenize threading
    _pickle pickle tomllib _lzma zipfile tarfile socket io locale multiprocessing.context
""".split()
)
ENUM_MODULES = frozenset(["http", "re", "signal", "socket", "calendar", "uuid"])


def references():
    """Constants, types and functions by name, each of which does no more than compute."""
    named = {"Ellipsis": Ellipsis, "NotImplemented": NotImplemented, "NoneType": type(None)}
    named.update((name, getattr(builtins, name)) for name in TYPES + FUNCTIONS)
    for module in (math, operator):
        for name, value in vars(module).items():
            if type(value) is types.BuiltinFunctionType and name != "call" and name[0] != "_":
                named[module.__name__ + "." + name] = value
    for kind in WITH_METHODS:
        for name, value in vars(kind).items():
            if type(value) is types.MethodDescriptorType and name[0] != "_":
                named[kind.__name__ + "." + name] = value
    return named


BY_NAME = references()
NAMES = {id(value): name for name, value in BY_NAME.items()}
# Looked up by identity only for values of these kinds.
NAMED_KINDS = (
    type,
    type(Ellipsis),
    type(NotImplemented),
    types.BuiltinFunctionType,
    types.MethodDescriptorType,
)


def error_name(kind):
    """The name of an exception class of the library, as `module:Class`; None for any other."""
    module = type.__dict__["__module__"].__get__(kind)
    if not isinstance(module, str) or module not in ERROR_MODULES:
        return None
    name = type.__dict__["__qualname__"].__get__(kind)
    return module + ":" + name if find(sys.modules.get(module), name) is kind else None


def error_class(told):
    """The exception class of that name; None where there is none in this Python."""
    module, _, name = told.partition(":")
    if module not in ERROR_MODULES:
        return None
    try:
        found = find(importlib.import_module(module), name)
    except ImportError:
        return None
    is_error = isinstance(found, type) and issubclass(found, BaseException)
    return found if is_error and error_name(found) == told else None


def find(module, qualified):
    value = module
    for part in qualified.split("."):
        value = getattr(value, part, None)
    return value


def enum_name(kind):
    """The name of an enumeration of the library, as `module:Class`; None for any other."""
    module, name = kind.__module__, kind.__qualname__
    known = module in ENUM_MODULES and find(sys.modules.get(module), name) is kind
    return module + ":" + name if known else None


def enum_class(told):
    import enum

    module, _, name = told.partition(":")
    if module not in ENUM_MODULES:
        raise ValueError("no enumeration of the library: " + told)
    found = find(importlib.import_module(module), name)
    if not isinstance(found, enum.EnumMeta) or enum_name(found) != told:
        raise ValueError("no enumeration: " + told)
    return found
