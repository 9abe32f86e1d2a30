"""Classes below standard ones: `class Money(int)`, `class Level(IntEnum)`, `class Row(list)`.

An instance crosses as the data that it is, of a class that is made for it on the other side: below
the same standard class, of the same name, with no code of the side that defined it. So it is equal
to what the standard class says, and `isinstance` holds. A class that changes anything of how its
values are compared, counted, read or found is told as what it is otherwise: a thing of its side.
"""

import collections
import enum
import sys

import raising
from codec import decode, encode
from containers import CONTAINERS, Container

VALUES = (int, str, float, complex, bytes, tuple, frozenset)
CONTAINER_BASES = (
    collections.Counter,
    collections.OrderedDict,
    list,
    dict,
    set,
)
ENUMS = {
    kind.__name__: kind
    for kind in vars(enum).values()
    if isinstance(kind, enum.EnumMeta) and issubclass(kind, enum.Enum) and not kind.__members__
}
BY_NAME = {kind.__name__: kind for kind in VALUES + CONTAINER_BASES}
# What a class may define of its own and still be compared as the standard one is.
HARMLESS = frozenset(
    """
    __module__ __doc__ __qualname__ __dict__ __weakref__ __slots__ __init__ __new__ __annotations__
    __annotate__ __annotations_cache__ __annotate_func__ __init_subclass__ __class_getitem__
    __orig_bases__ __parameters__ __firstlineno__ __static_attributes__ __match_args__ __set_name__
    __type_params__ __abstractmethods__ _abc_impl
""".split()
)
PRINTING = ("__str__", "__repr__")
SCALARS = (str, int, float, complex, bool, bytes, type(None))
MAX_MEMBERS = 1000
MAX_ATTRIBUTES = 50
MAX_TEXT = 2000


class Kinds:
    """The classes of this kind that the two sides have told each other of."""

    def __init__(self):
        # Those of this side, in the order in which they are told; None for what cannot cross.
        self.own, self.descriptions, self.told = [], [], 0
        self.shapes = {}
        # Those of the other side, in its order.
        self.made = []
        self.containers = {}

    def shape_of(self, kind):
        if kind not in self.shapes:
            self.shapes[kind] = self.new_shape(kind)
        return self.shapes[kind]

    def new_shape(self, kind):
        found = shape(kind)
        if found is not None:
            found.number = ["mine", len(self.own)]
            self.own.append(found)
            self.descriptions.append(found.description())
            self.note(found)
        return found

    def note(self, found):
        if found.base in CONTAINERS:
            self.containers[found.kind] = BelowContainer(found)

    def untold(self):
        """What the other side is to hear before it reads the message that is being written."""
        first, self.told = self.told, len(self.own)
        return encode(self.descriptions[first:])

    def learn(self, descriptions):
        for told in decode(descriptions):
            made = made_shape(told)
            made.number = ["yours", len(self.made)]
            self.made.append(made)
            self.shapes[made.kind] = made
            self.note(made)

    def named(self, number):
        whose, place = number
        return (self.made if whose == "mine" else self.own)[place]


class Shape:
    """A class below a standard one: what it is for its values on either side."""

    def __init__(self, kind, base, name):
        self.kind, self.base, self.name = kind, base, name
        self.number, self.family, self.printing = None, None, []

    def description(self):
        told = {"name": self.name, "base": self.base.__name__}
        if self.family is not None:
            told["enum"] = self.family.__name__
            told["members"] = [member_told(self, *pair) for pair in members_of(self.kind)]
        if self.printing:
            told["printing"] = self.printing
        return told


def shape(kind):
    """What a class is that a side defined; None where its values are no data for the other side."""
    mro = type.mro(kind)
    if isinstance(kind, enum.EnumMeta):
        return enum_shape(kind, mro)
    base = next((one for one in mro if one in CONTAINERS or one in VALUES), None)
    if base is None or base is kind or base.__name__ not in BY_NAME:
        return None
    generic = getattr(sys.modules.get("typing"), "Generic", None)
    own = [one for one in mro if one not in base.__mro__ and one is not generic]
    printing = [name for name in PRINTING if any(name in vars(one) for one in own)]
    if not all(is_plain(one, base, printing) for one in own) or (printing and base in CONTAINERS):
        return None
    found = Shape(kind, base, class_name(kind))
    found.printing = printing
    return found


def is_plain(kind, base, allowed):
    return type(kind) is type and not any(
        changes(name, base) for name in vars(kind) if name not in allowed
    )


def changes(name, base):
    if name in HARMLESS:
        return False
    return (name[:2] == "__" and name[-2:] == "__") or hasattr(base, name)


def class_name(kind):
    return type.__dict__["__name__"].__get__(kind)


def enum_shape(kind, mro):
    family = next((one for one in mro if ENUMS.get(class_name(one)) is one), None)
    if family is None or family is kind or type(kind) is not type(family):
        return None
    base = next((one for one in mro if one in VALUES), object)
    known = {*family.__mro__, *base.__mro__}
    own = [one for one in mro if one not in known]
    standard = [vars(one) for one in known]
    printing = [
        name for name in PRINTING if not any(getattr(kind, name) is s.get(name) for s in standard)
    ]
    for one in own:
        for name, value in vars(one).items():
            is_inherited = any(value is s.get(name) for s in standard)
            if changes(name, base) and name not in printing and not is_inherited:
                if not is_of_enums(name):
                    return None
    found = Shape(kind, base, class_name(kind))
    found.family, found.printing = family, printing
    pairs = members_of(kind)
    if not 0 < len(pairs) <= MAX_MEMBERS or not all(is_member(found, *pair) for pair in pairs):
        return None
    return found


def is_of_enums(name):
    """What the library itself writes into each enumeration."""
    return name in ("__new_member__", "__reduce_ex__", "__reduce__")


def members_of(kind):
    return list(type.__getattribute__(kind, "_member_map_").items())


def is_member(found, name, member):
    value = vars(member).get("_value_")
    if found.base is not object:
        same = type(value) is found.base and found.base.__eq__(member, value) is True
        return is_member_name(name) and same and is_scalar(value)
    return is_member_name(name) and is_scalar(value)


def is_member_name(name):
    return type(name) is str and name.isidentifier() and name[0] != "_" and name != "mro"


def is_scalar(value):
    if type(value) is tuple:
        return all(map(is_scalar, value))
    return type(value) in SCALARS and value == value


def member_told(found, name, member):
    told = [name, vars(member)["_value_"], attributes(found, member)]
    return told + [[raising.printed(member), shown(member)] if found.printing else None]


def shown(value):
    try:
        return repr(value)[:MAX_TEXT]
    except BaseException:
        return ""


def attributes(found, value):
    """What a value has beside its data, as far as that is plain: names and values."""
    held = list(vars(value).items())[:MAX_ATTRIBUTES] if hasattr(value, "__dict__") else ()
    return [[name, one] for name, one in held if is_scalar(one) and is_own_name(found, name)]


def is_own_name(found, name):
    """Whether it hides nothing of the standard class, by which its value would be asked."""
    standard = (*found.base.__mro__, *(found.family or object).__mro__)
    is_hidden = any(name in vars(kind) for kind in standard)
    return type(name) is str and name[:2] != "__" and name not in ENUM_FIELDS and not is_hidden


ENUM_FIELDS = ("_value_", "_name_", "_sort_order_")


def give_attributes(found, made, told):
    for name, value in told:
        if not is_own_name(found, name) or not is_scalar(value):
            raise ValueError("no attribute of a value: %r" % (name,))
        vars(made)[name] = value


# On the side that is told of it


def made_shape(told):
    name, base = str(told["name"]), told["base"]
    printing = [one for one in PRINTING if one in told.get("printing", ())]
    if "enum" in told:
        made = made_enum(told, name, base, printing)
    else:
        base = BY_NAME[base]
        body = {"__module__": raising.MADE}
        body.update((one, printer(PRINTING.index(one), base)) for one in printing)
        made = Shape(type(name, (base,), body), base, name)
    made.printing = printing
    return made


def made_enum(told, name, base, printing):
    family = ENUMS[told["enum"]]
    members = [(member[0], member[1]) for member in told["members"]]
    if not all(is_member_name(one) and is_scalar(value) for one, value in members):
        raise ValueError("no members of an enumeration")
    own = BY_NAME[base] if base in BY_NAME and not issubclass(family, BY_NAME[base]) else None
    kind = family(name, members, module=raising.MADE, type=own)
    made = Shape(kind, BY_NAME.get(base, object), name)
    made.family = family
    for (one, _value), (_, _, held, texts) in zip(members, told["members"]):
        member = kind[one]
        give_attributes(made, member, held)
        if texts is not None:
            vars(member)[TEXTS] = [str(text) for text in texts]
    for one in printing:
        type.__setattr__(kind, one, printer(PRINTING.index(one), family))
    return made


TEXTS = "__texts__"


def printer(place, base):
    """Prints a value as the side that made it did."""

    def text_of(value):
        texts = vars(value).get(TEXTS)
        return texts[place] if texts else getattr(base, PRINTING[place])(value)

    return text_of


# Values


def write(side, value, kind):
    """A value of such a class in JSON; None where it is no such value."""
    found = side.kinds.shape_of(kind)
    if found is None:
        return None
    if found.family is not None:
        is_flag = issubclass(found.family, enum.Flag)
        held = value._value_ if is_flag else value._name_
        return {"$": "member", "of": found.number, "v": held}
    container = side.kinds.containers.get(kind)
    if container is not None:
        return side.met_before(value) or container.whole(side, value)
    told = {"$": "below", "of": found.number, "v": side.encode(plain_of(found.base, value))}
    held = attributes(found, value)
    if held:
        told["held"] = encode(held)
    if found.printing:
        texts = vars(value).get(TEXTS) if hasattr(value, "__dict__") else None
        told["texts"] = texts or [raising.printed(value), shown(value)]
    return told


def plain_of(base, value):
    if base in (int, float, complex):
        return base.__pos__(value)
    if base is str:
        return str.__str__(value)
    return base(base.__iter__(value))


def read(side, told):
    found = side.kinds.named(told["of"])
    if told["$"] == "member":
        return found.kind(told["v"]) if issubclass(found.family, enum.Flag) else found.kind[told["v"]]
    if found.base in CONTAINERS:
        return side.kinds.containers[found.kind].read(side, told)
    value = side.decode(told["v"])
    if type(value) is not found.base:
        raise ValueError("no value of " + found.name)
    made = found.base.__new__(found.kind, value)
    if hasattr(made, "__dict__"):
        give_attributes(found, made, decode(told["held"]) if "held" in told else ())
        if "texts" in told:
            vars(made)[TEXTS] = [str(text) for text in told["texts"]]
    return made


class BelowContainer(Container):
    """A container of such a class, kept alike on both sides as one of the standard class is."""

    def __init__(self, found):
        self.found, self.within = found, CONTAINERS[found.base]

    def whole(self, codec, value):
        return {"$": "below", "of": self.found.number, "v": self.held(codec, value)}

    def held(self, codec, value):
        return [self.within.held(codec, value), encode(attributes(self.found, value))]

    def make(self, _codec, _told):
        return self.found.base.__new__(self.found.kind)

    def fill(self, codec, container, told):
        held, own = told
        self.within.fill(codec, container, held)
        if hasattr(container, "__dict__"):
            give_attributes(self.found, container, decode(own))

    def was(self, value):
        return self.within.was(value), attributes(self.found, value)

    def is_as(self, value, was):
        return self.within.is_as(value, was[0]) and attributes(self.found, value) == was[1]
