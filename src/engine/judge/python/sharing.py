"""What both sides of a conversation hold: containers that are kept alike, and things by number.

A container (list, dict, ...) is on both sides at once, for as long as either can still reach it;
what one side changed in it is told with its next message, so that a change is seen wherever
plain Python would show it. A thing that is no data stays where it was made: the other side has a
shadow of it, equal only to itself, which stands for the thing again where it comes back.

A container is let go of by a side once nothing but this file refers to it there: told with a
message, after which the other side need not be kept alike either.
"""

import math
import sys
import weakref

import raising
import subclasses
from codec import Codec, Opaque
from containers import CONTAINERS
from shadows import abilities, kind_of_thing, make_shadow

TESTS, PROGRAM = 0, 1
MAX_NANS = 10000
# They cannot be referred to weakly, or must be the same each time.
KEPT_FOR_GOOD = {"error", "errorClass", "nan"}


class Side(Codec):
    """One side: `own` is TESTS or PROGRAM; containers and things it tells have such numbers."""

    def __init__(self, own, peer):
        self.own, self.peer = own, peer
        self.next = own
        self.expected = 0
        self.containers, self.numbers, self.states = {}, {}, {}
        self.given, self.roles, self.given_numbers = {}, {}, {}
        self.next_given = 0
        self.shadows, self.shadow_numbers, self.dropped = {}, {}, []
        self.described = set()
        self.ended = []
        self.kinds = subclasses.Kinds()

    # Containers

    def met_before(self, container):
        number = self.numbers.get(id(container))
        if number is not None:
            return {"$": "same", "v": number}
        self.add(self.next, container)
        self.next += 2
        return None

    def meet(self, container):
        if self.expected in self.containers or self.expected % 2 == self.own:
            raise ValueError("a container of a number that is taken")
        self.add(self.expected, container)
        self.expected += 2

    def add(self, number, container):
        self.containers[number] = container
        self.numbers[id(container)] = number

    def forget(self, number):
        container = self.containers.pop(number, None)
        if container is not None:
            del self.numbers[id(container)]
            self.states.pop(number, None)

    def mark(self):
        return self.next, self.next_given, self.kinds.told

    def back_to(self, mark):
        """Undoes what was added for what is not sent: the other side counts along."""
        for number in range(mark[0], self.next, 2):
            self.forget(number)
        self.next, self.kinds.told = mark[0], mark[2]
        for number in range(mark[1], self.next_given):
            self.take_back(number)

    def attempt(self, value):
        """Encodes what may be left out: where it throws, all is as before."""
        mark = self.mark()
        try:
            return self.encode(value)
        except BaseException:
            self.back_to(mark)
            raise

    def seal(self, message, first):
        """Adds to a message what changed and what is let go of. Its values are encoded before."""
        changed = []
        for number in list(self.states):
            container = self.containers[number]
            kind = self.kind_of(container)
            if not kind.is_as(container, self.states[number]):
                changed.append([number, kind.held(self, container)])
                self.states[number] = kind.was(container)
            del container
        if self.next != first:
            message["first"] = first
        if changed:
            message["changed"] = changed
        released = [number for number in list(self.containers) if self.release(number)]
        if released:
            message["released"] = released
        classes = self.kinds.untold()
        if classes:
            message["classes"] = classes
        if self.ended:
            message["ended"], self.ended = self.ended, []
        if self.dropped:
            message["dropped"], self.dropped = self.dropped, []
        for number in range(first, self.next, 2):
            if number in self.containers:
                self.watch(number)

    def kind_of(self, container):
        kind = type(container)
        return CONTAINERS.get(kind) or self.kinds.containers[kind]

    def release(self, number):
        if references_to(self.containers, number) > UNREFERRED:
            return False
        self.forget(number)
        return True

    def watch(self, number):
        container = self.containers[number]
        self.states[number] = self.kind_of(container).was(container)

    def open(self, message):
        """Begins to read a message: its values are decoded after this, in the order of the other."""
        if "classes" in message:
            self.kinds.learn(message["classes"])
        self.expected = message.get("first", -1)
        if type(self.expected) is not int or self.expected < -1:
            raise ValueError("a container of no number")
        return self.expected

    def close(self, message, first):
        """Ends reading it: brings up to date what the other side changed, and lets go."""
        for number, held in message.get("changed", ()):
            container = self.containers[number]
            self.kind_of(container).fill(self, container, held)
            self.watch(number)
        for number in message.get("released", ()):
            self.forget(number)
        # Not before: what is let go of may be named in the same message for the last time.
        for number in message.get("dropped", ()):
            self.take_back(number)
        for number in message.get("ended", ()):
            self.shadow_numbers.pop(id(self.shadows.pop(number)()))
        if first >= 0:
            for number in range(first, self.expected, 2):
                if number in self.containers:
                    self.watch(number)

    # Things

    def give(self, value):
        number = self.shadow_numbers.get(id(value))
        if number is not None:
            return {"$": "yours", "v": number}
        name = self.peer.name_of(value)
        if name is not None:
            return {"$": "at", "v": name}
        number = self.given_numbers.get(id(value))
        if number is not None and self.roles[number] in KEPT_FOR_GOOD:
            if number in self.described:
                raise Opaque()
            return {"$": "mine", "v": number}
        role = kind_of_thing(value) if number is None else self.roles[number]
        if number is None:
            number = self.number_of(value, role)
        told = {"$": "mine", "v": number, "as": role}
        if role == "error":
            self.described.add(number)
            told["error"] = raising.details(self, value)
            self.described.discard(number)
        elif role == "errorClass":
            told["class"] = raising.class_details(self, value)
        else:
            told["name"] = name_of(value, role)
            can = abilities(value)
            if can:
                told["can"] = can
        return told

    def give_raised(self, error):
        """As `give`, with the number where it is to be let go of by `end`; else None."""
        known = self.next_given
        told = self.give(error)
        return told, told["v"] if told["$"] == "mine" and told["v"] >= known else None

    def end(self, numbers):
        """Lets go of exceptions that were raised through the other side."""
        for number in numbers:
            self.take_back(number)
        self.ended += numbers

    def encode_below(self, value, kind):
        return subclasses.write(self, value, kind)

    def encode_nan(self, value):
        """As itself: a container with it is equal to one with the same, and to no other."""
        if value is math.nan or self.next_given > MAX_NANS:
            return super().encode_nan(value)
        return self.give(value)

    def number_of(self, value, role):
        number = self.given_numbers[id(value)] = self.next_given
        self.next_given += 1
        self.given[number], self.roles[number] = value, role
        return number

    def take_back(self, number):
        if number in self.given:
            del self.given_numbers[id(self.given.pop(number))], self.roles[number]

    def take(self, told):
        what, number = told["$"], told.get("v")
        if what == "same":
            return self.containers[number]
        if what in ("below", "member"):
            return subclasses.read(self, told)
        if what == "yours":
            return self.given[number]
        if what == "at":
            return self.peer.named(number)
        if what != "mine" or type(number) is not int:
            return super().take(told)
        known = self.shadows.get(number)
        shadow = known() if known is not None else None
        if shadow is not None:
            return shadow
        if told["as"] == "errorClass":
            return raising.made_class(self, told["class"])
        if number in self.dropped:
            self.dropped.remove(number)
        return self.keep(number, make_shadow(self, number, told), told["as"])

    def keep(self, number, shadow, role):
        """Notes whom a shadow stands for, for as long as it is used."""
        place = id(shadow)
        self.shadow_numbers[place] = number
        if role in KEPT_FOR_GOOD:
            self.shadows[number] = lambda: shadow
            return shadow

        def gone(_reference=None):
            if self.shadow_numbers.get(place) == number:
                del self.shadow_numbers[place]
            self.shadows.pop(number, None)
            self.dropped.append(number)

        self.shadows[number] = weakref.ref(shadow, gone)
        return shadow


def name_of(value, role):
    if role in ("function", "generator", "coroutine", "class"):
        name = getattr(value, "__name__", None)
        if type(name) is str:
            return name
    return type.__dict__["__name__"].__get__(type(value))


def references_to(containers, number):
    return sys.getrefcount(containers[number])


# What that says of a container that nothing else refers to; it differs between versions.
UNREFERRED = references_to({0: []}, 0)
