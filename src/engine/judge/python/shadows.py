"""What stands on one side for a thing of the other: equal only to itself, and it can be used.

A function can be called, an iterator and a generator can be asked for their next item, one by one;
a coroutine can be awaited. Each such use is asked of the other side, over the peer.
"""

import types

import raising

MAX_ITEMS = 10000
FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
)
# How the other side may use what a side gave, by the role that it was given in.
USES = {
    "function": {"call"},
    "callable": {"call"},
    "class": {"call"},
    "iterator": {"next"},
    "generator": {"next", "send", "throw", "close"},
    "coroutine": {"wait", "cancel"},
    "awaitable": {"wait", "cancel"},
    "asyncIterator": {"step"},
    "errorClass": {"call"},
}
# What a thing can do beside, by the special methods of its class, of which each is enough.
ABILITIES = {
    "truth": ("__bool__", "__len__"),
    "context": ("__enter__",),
    "asyncContext": ("__aenter__",),
}
BESIDE = {"truth", "enter", "exit", "aenter", "aexit"}
# Roles of things that have a token.
WITH_ABILITIES = {"object", "callable", "class", "iterator", "awaitable", "asyncIterator"}


def kind_of_thing(value):
    """The role in which a value that is no data is given."""
    kind = type(value)
    if kind is float:
        return "nan"
    if kind is types.GeneratorType:
        return "generator"
    if kind is types.CoroutineType:
        return "coroutine"
    if issubclass(kind, BaseException):
        return "error"
    if issubclass(kind, type):
        return "errorClass" if issubclass(value, BaseException) else "class"
    if kind in FUNCTIONS:
        return "function"
    if has(kind, "__next__") and has(kind, "__iter__"):
        return "iterator"
    if has(kind, "__anext__") and has(kind, "__aiter__"):
        return "asyncIterator"
    if has(kind, "__await__"):
        return "awaitable"
    return "callable" if has(kind, "__call__") else "object"


def abilities(value):
    kind = type(value)
    return [can for can, names in ABILITIES.items() if any(has(kind, name) for name in names)]


def has(kind, name):
    """Whether instances have it: asking the class itself would find what its metaclass has."""
    return any(name in base.__dict__ for base in type.mro(kind))


def make_shadow(side, number, told):
    """What is to stand for the thing that the other side gave."""
    role, peer = told["as"], side.peer
    if role == "nan":
        return float("nan")
    if role == "error":
        return raising.made(side, told["error"])
    name = str(told["name"])
    make = MAKERS.get(role)
    if make is not None:
        shadow = make(peer, number)
        shadow.__name__ = shadow.__qualname__ = name
        return shadow
    return token_class(role, told.get("can", ()))(peer, number, name)


def token_class(role, can):
    """The class of tokens with these abilities."""
    found = tuple(one for one in MIXINS if one in can)
    made = TOKEN_CLASSES.get((role, found))
    if made is None:
        bases = [MIXINS[one] for one in found] + [TOKENS.get(role, Token)]
        body = {"__slots__": (), "__module__": __name__}
        made = type("Token", tuple(bases), body) if found else bases[0]
        TOKEN_CLASSES[role, found] = made
    return made


class Token:
    """Stands for an object of the other side. Equal only to itself."""

    __slots__ = ("_peer", "_number", "_name", "__weakref__")

    def __init__(self, peer, number, name):
        self._peer, self._number, self._name = peer, number, name

    def __repr__(self):
        return "<" + self._name + ">"


class CallableToken(Token):
    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return self._peer.ask("call", self._number, args, kwargs)


class IteratorToken(Token):
    __slots__ = ("_count",)

    def __init__(self, *args):
        super().__init__(*args)
        self._count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._count = counted(self._count)
        return self._peer.ask("next", self._number)


class AwaitableToken(Token):
    __slots__ = ()

    def __await__(self):
        return self._peer.wait_for(self._number).__await__()


class AsyncIteratorToken(Token):
    __slots__ = ()

    def __aiter__(self):
        return self

    async def __anext__(self):
        peer = self._peer
        step = peer.ask("step", self._number)
        try:
            return await peer.wait_for(peer.side.shadow_numbers[id(step)], "step")
        finally:
            step.close()


class WithTruth:
    """True or false as its side says: it might as well have given that as a value."""

    __slots__ = ()

    def __bool__(self):
        return self._peer.ask("truth", self._number) is True


class WithContext:
    """Entered and left on its side, which hears what went wrong, and cannot undo it for tests."""

    __slots__ = ()

    def __enter__(self):
        return self._peer.ask("enter", self._number)

    def __exit__(self, _kind, error, _trace):
        return self._peer.may_swallow(self._peer.ask("exit", self._number, (error,)))


class WithAsyncContext:
    __slots__ = ()

    async def __aenter__(self):
        return await self._peer.ask("aenter", self._number)

    async def __aexit__(self, _kind, error, _trace):
        return self._peer.may_swallow(await self._peer.ask("aexit", self._number, (error,)))


MIXINS = {"truth": WithTruth, "context": WithContext, "asyncContext": WithAsyncContext}
TOKEN_CLASSES = {}
TOKENS = {
    "callable": CallableToken,
    "class": CallableToken,
    "iterator": IteratorToken,
    "awaitable": AwaitableToken,
    "asyncIterator": AsyncIteratorToken,
}


def counted(count):
    if count >= MAX_ITEMS:
        raise RuntimeError("an iterator of more than %d items" % MAX_ITEMS)
    return count + 1


def function_of(peer, number):
    def shadow(*args, **kwargs):
        return peer.ask("call", number, args, kwargs)

    return shadow


def generator_of(peer, number):
    use, args, count = "next", (), 0
    while True:
        count = counted(count)
        try:
            item = peer.ask(use, number, args)
        except StopIteration as stop:
            return stop.value
        try:
            sent = yield item
            use, args = ("next", ()) if sent is None else ("send", (sent,))
        except GeneratorExit:
            # Not where the shadow is being let go of: the other side then closes its own.
            if not peer.is_busy:
                peer.ask("close", number)
            raise
        except BaseException as error:
            use, args = "throw", (error,)


async def coroutine_of(peer, number):
    return await peer.wait_for(number)


MAKERS = {"function": function_of, "generator": generator_of, "coroutine": coroutine_of}


def may_be_used(role, verb):
    return verb in USES.get(role, ()) or (verb in BESIDE and role in WITH_ABILITIES)


def use(thing, verb, args, kwargs):
    """Does with a thing what the other side asks for."""
    if verb == "call":
        return thing(*args, **kwargs)
    if verb == "next":
        return next(thing)
    if verb == "step":
        return step(thing)
    if verb == "truth":
        return bool(thing)
    if verb in BESIDE:
        return special(thing, verb, *args)
    return getattr(thing, verb)(*args)


def special(thing, verb, *errors):
    """Enters or leaves a context, as a `with` statement does."""
    error = errors[0] if errors else None
    told = (error and type(error), error, error and error.__traceback__) if errors else ()
    return getattr(type(thing), "__%s__" % verb)(thing, *told)


async def step(iterator):
    return await iterator.__anext__()


