"""Exceptions across: their class by name, or one of the same name below the same standard class.

Arguments, notes, causes and data attributes cross with them. A class that a side defined has a
counterpart on the other side, the same one each time, with no behaviour but its printed form.
"""

import standard

MAX_TEXT = 2000
# Longer ones are left out at once: to write them takes seconds, and more than a message holds.
MAX_ARGUMENT = 16 * 1024 * 1024
MAX_CHAIN = 8
MAX_ATTRIBUTES = 50
PRINTED = "__printed__"
# Module of the classes made here.
MADE = "program"


def details(side, error, chain=()):
    """An exception in JSON."""
    kind = type(error)
    told = {"class": class_details(side, kind), "args": arguments(side, error)}
    text = printed(error)
    if text != printed_by_base(error):
        told["text"] = text
    fields = library_fields(side, error)
    if fields:
        told["fields"] = fields
    held = attributes(side, error)
    if held:
        told["held"] = held
    if len(chain) < MAX_CHAIN:
        for name in ("__cause__", "__context__"):
            other = getattr(error, name)
            if name == "__context__" and other is not None and other is error.__cause__:
                told["causedIn"] = True
            elif other is not None and all(other is not one for one in (error, *chain)):
                told[name] = raised(side, other, (*chain, error))
        if error.__suppress_context__:
            told["quiet"] = True
    return told


def raised(side, error, chain=()):
    """An exception that is raised: that of the other side again, where it came from there."""
    number = side.shadow_numbers.get(id(error))
    if number is not None:
        return {"$": "yours", "v": number}
    return details(side, error, chain)


def arguments(side, error):
    mark = side.mark()
    args = BaseException.args.__get__(error)
    if any(type(item) in (str, bytes) and len(item) > MAX_ARGUMENT for item in args):
        return [printed(error)]
    try:
        return [side.encode(item) for item in args]
    except Exception:
        side.back_to(mark)
        return [printed(error)]


def printed(error):
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return ""


def printed_by_base(error):
    """What the counterpart will print by itself."""
    for kind in type(error).__mro__:
        if standard.error_name(kind) is not None:
            try:
                return kind.__str__(error)[:MAX_TEXT]
            except BaseException:
                return ""
    return ""


def library_fields(side, error):
    """What Python's own classes keep of an exception beside its arguments, such as errno."""
    fields = {}
    for kind in type(error).__mro__:
        if kind is BaseException or kind.__module__ != "builtins":
            continue
        for name, descriptor in vars(kind).items():
            if name[0] != "_" and hasattr(descriptor, "__set__"):
                try:
                    value = descriptor.__get__(error)
                    if value is not None and type(value) in PLAIN:
                        fields[name] = side.attempt(value)
                except Exception:
                    pass
    return fields


PLAIN = {str, int, float, bool, bytes, tuple}


def attributes(side, error):
    held = {}
    for name, value in list(vars(error).items())[:MAX_ATTRIBUTES]:
        if is_told(name):
            try:
                held[name] = side.attempt(value)
            except Exception:
                pass
    return held


def is_told(name):
    """Whether an attribute of that name crosses."""
    return name == "__notes__" or not name.startswith("__")


def class_details(side, kind):
    name = standard.error_name(kind)
    if name is not None:
        return {"std": name}
    number = side.shadow_numbers.get(id(kind))
    if number is not None:
        return {"yours": number}
    number = side.given_numbers.get(id(kind))
    if number is None:
        number = side.number_of(kind, "errorClass")
    bases = [base for base in kind.__bases__ if issubclass(base, BaseException)]
    told = [class_details(side, base) for base in bases]
    return {"mine": number, "name": type.__dict__["__name__"].__get__(kind), "bases": told}


def made_class(side, told):
    """The class told of, or its counterpart."""
    if "std" in told:
        found = standard.error_class(str(told["std"]))
        return Exception if found is None else found
    if "yours" in told:
        return error_class_of(side.given[told["yours"]])
    number = told["mine"]
    known = side.shadows.get(number)
    if known is not None:
        return error_class_of(known())
    bases = tuple(made_class(side, base) for base in told["bases"]) or (Exception,)
    body = {"__str__": text_of, "__module__": MADE}
    made = type(str(told["name"]), bases, body)
    return side.keep(number, made, "errorClass")


def error_class_of(found):
    if not isinstance(found, type) or not issubclass(found, BaseException):
        raise ValueError("what is raised is no exception")
    return found


def text_of(error):
    text = error.__dict__.get(PRINTED)
    if type(text) is str:
        return text
    return next(kind for kind in type(error).__mro__ if kind.__module__ != MADE).__str__(error)


def made(side, told):
    """The exception told of."""
    if "$" in told:
        found = side.decode(told)
        error_class_of(type(found))
        return found
    kind = made_class(side, told["class"])
    args = [side.decode(item) for item in told["args"]]
    error = construct(kind, args)
    for name, value in told.get("fields", {}).items():
        field = side.decode(value)
        if name.startswith("_"):
            raise ValueError("no field of an exception: " + name)
        try:
            setattr(error, name, field)
        except Exception:
            pass
    for name, value in told.get("held", {}).items():
        if not is_told(name):
            raise ValueError("no attribute of an exception: " + name)
        vars(error)[name] = side.decode(value)
    if "text" in told and kind.__module__ == MADE:
        vars(error)[PRINTED] = str(told["text"])
    for name in ("__cause__", "__context__"):
        if name in told:
            setattr(error, name, made(side, told[name]))
    if told.get("causedIn") is True:
        error.__context__ = error.__cause__
    error.__suppress_context__ = told.get("quiet") is True
    return error


def construct(kind, args):
    """By the classes of Python itself alone, whose arguments are those that an exception keeps."""
    base = next(one for one in kind.__mro__ if one.__module__ == "builtins")
    try:
        error = kind.__new__(kind, *args)
        base.__init__(error, *args)
    except Exception:
        error = base.__new__(kind)
    error.args = tuple(args)
    return error
