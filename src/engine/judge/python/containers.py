"""Containers: how each kind crosses as a whole, and what it holds by now."""

import array
import collections
import json
import types
from operator import is_


class Container:
    """How one kind of container crosses: as a whole, or what it holds by now."""

    name = ""

    def whole(self, codec, value):
        return {"$": self.name, "v": self.held(codec, value)}

    def read(self, codec, told):
        made = self.make(codec, told)
        codec.meet(made)
        self.fill(codec, made, told["v"])
        return made

    def make(self, _codec, _told):
        return self.kind()

    def was(self, value):
        """What to compare later with `is_as`."""
        return list(value)

    def is_as(self, value, was):
        return len(value) == len(was) and all(map(is_, value, was))


class Sequence(Container):
    def __init__(self, kind):
        self.kind, self.name = kind, kind.__name__

    def held(self, codec, value):
        encode = codec.encode
        return [encode(item) for item in value]

    def fill(self, codec, container, held):
        decode = codec.decode
        items = [decode(item) for item in held]
        container.clear()
        container.extend(items)


class List(Sequence):
    def whole(self, codec, value):
        return self.held(codec, value)


class Deque(Sequence):
    def whole(self, codec, value):
        return {"$": "deque", "most": value.maxlen, "v": self.held(codec, value)}

    def make(self, _codec, told):
        return collections.deque(maxlen=told.get("most"))


class Set(Container):
    kind, name = set, "set"

    def held(self, codec, value):
        return in_order([codec.encode(item) for item in value])

    def fill(self, codec, container, held):
        items = [codec.decode(item) for item in held]
        container.clear()
        container.update(items)


class Mapping(Container):
    def __init__(self, kind):
        self.kind, self.name = kind, kind.__name__

    def held(self, codec, value):
        encode = codec.encode
        return [[encode(key), encode(item)] for key, item in value.items()]

    def fill(self, codec, container, held):
        decode = codec.decode
        pairs = [(decode(key), decode(item)) for key, item in held]
        container.clear()
        for key, item in pairs:
            container[key] = item

    def was(self, value):
        return [*value, *value.values()]

    def is_as(self, value, was):
        return 2 * len(value) == len(was) and all(map(is_, self.was(value), was))


class DefaultDict(Mapping):
    def whole(self, codec, value):
        held = self.held(codec, value)
        return {"$": self.name, "v": held, "of": codec.encode(value.default_factory)}

    def read(self, codec, told):
        made = super().read(codec, told)
        made.default_factory = codec.decode(told["of"])
        return made


class Namespace(Mapping):
    def held(self, codec, value):
        return super().held(codec, vars(value))

    def fill(self, codec, container, held):
        super().fill(codec, vars(container), held)

    def was(self, value):
        return super().was(vars(value))

    def is_as(self, value, was):
        now = self.was(value)
        return len(now) == len(was) and all(map(is_, now, was))


class Bytes(Container):
    def __init__(self, kind):
        self.kind, self.name = kind, kind.__name__

    def held(self, _codec, value):
        return bytes(value).hex()

    def fill(self, _codec, container, held):
        container[:] = bytes.fromhex(held)

    def was(self, value):
        return bytes(value)

    def is_as(self, value, was):
        return bytes(value) == was


class Array(Bytes):
    def whole(self, codec, value):
        return {"$": "array", "of": value.typecode, "v": self.held(codec, value)}

    def make(self, _codec, told):
        return array.array(told["of"])

    def held(self, _codec, value):
        return value.tobytes().hex()

    def fill(self, _codec, container, held):
        del container[:]
        container.frombytes(bytes.fromhex(held))

    def was(self, value):
        return value.tobytes()

    def is_as(self, value, was):
        return value.tobytes() == was


CONTAINERS = {
    container.kind: container
    for container in (
        List(list),
        Mapping(dict),
        Set(),
        Bytes(bytearray),
        Deque(collections.deque),
        Mapping(collections.OrderedDict),
        Mapping(collections.Counter),
        DefaultDict(collections.defaultdict),
        Namespace(types.SimpleNamespace),
        Array(array.array),
    )
}
NAMED_CONTAINERS = {container.name: container for container in CONTAINERS.values()}


def in_order(items):
    """Items of a set in one order, whatever order the set had them in."""
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
