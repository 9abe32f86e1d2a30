"""Program and tests in processes of their own: one serves calls, the other makes them.

Messages are JSON after their length (u32), over a socket that exists for one program alone. The
program's side is hostile: it can answer what it likes, and no more than answer.
"""

import builtins
import inspect
import json
import struct

from codec import Known, Side, decode, encode, encode_container, fill

MAX_MESSAGE = 64 * 1024 * 1024


class Gone(BaseException):
    """The other side ended. No test may catch it as an error of its own."""


class Channel:
    def __init__(self, connection):
        self.connection = connection
        self.is_gone = False

    def close(self):
        self.connection.close()

    def gone(self):
        self.is_gone = True
        return Gone()

    def send(self, message):
        data = json.dumps(message).encode()
        if len(data) > MAX_MESSAGE:
            raise ValueError("more than %d bytes in one call" % MAX_MESSAGE)
        try:
            self.connection.sendall(struct.pack("!I", len(data)) + data)
        except OSError:
            raise self.gone() from None

    def receive(self):
        (length,) = struct.unpack("!I", self.exactly(4))
        if length > MAX_MESSAGE:
            raise self.gone()
        return json.loads(self.exactly(length))

    def exactly(self, length):
        data = bytearray()
        while len(data) < length:
            try:
                part = self.connection.recv(min(length - len(data), 1 << 20))
            except OSError:
                part = b""
            if not part:
                raise self.gone()
            data += part
        return bytes(data)


def serve(channel, names):
    """The program's side: tells what stands under each name asked for, then answers calls."""
    side = Side()
    try:
        asked = channel.receive()
        channel.send({name: callable(names[name]) for name in asked if name in names})
        while True:
            request = channel.receive()
            if "get" in request:
                channel.send({"value": encode(names[request["get"]], side.give, Known())})
            else:
                told = answer(request, names, side)
                try:
                    channel.send(told)
                except ValueError as error:
                    channel.send({"raised": describe_error(error), "changed": []})
    except Gone:
        return


def answer(request, names, side):
    known = Known()
    args = decode(request["args"], side, known)
    kwargs = {name: decode(item, side, known) for name, item in request["kwargs"].items()}
    before = [contents(container) for container in known.containers]
    try:
        if "wait" in request:
            # Only where it is needed: it would make every process that is forked larger.
            import asyncio

            result = asyncio.run(side.given[request["wait"]])
        else:
            result = names[request["call"]](*args, **kwargs)
        if inspect.iscoroutine(result):
            told = {"coroutine": side.give(result)["v"]}
        else:
            told = {"value": encode(result, side.give, known)}
    except Gone:
        raise
    except BaseException as error:
        known.forget_after(len(before))
        told = {"raised": describe_error(error)}
    changed = []
    for number, was in enumerate(before):
        container = known.containers[number]
        now = contents(container)
        if len(now) != len(was) or any(a is not b for a, b in zip(now, was)):
            held = encode_container(
                container, type(container), lambda item: encode(item, side.give, known), side.give
            )
            changed.append([number, held["v"] if isinstance(held, dict) else held])
    return {**told, "changed": changed}


def contents(container):
    if isinstance(container, dict):
        return [part for item in container.items() for part in item]
    return list(container)


def describe_error(error):
    kinds = [kind.__name__ for kind in type(error).__mro__]
    try:
        text = str(error)[:2000]
    except BaseException:
        text = ""
    try:
        args = encode(list(error.args))
    except BaseException:
        args = [text]
    return {"kinds": kinds, "text": text, "args": args}


class Remote:
    """The tests' side: stands for the program, by name. Values are asked for each time anew."""

    def __init__(self, channel, wanted):
        self.channel, self.side, self.errors = channel, Side(), {}
        channel.send(wanted)
        found = channel.receive()
        self.functions = {name: self.function(name) for name in wanted if found.get(name) is True}
        self.values = {name for name in wanted if found.get(name) is False}

    def __getitem__(self, name):
        if name in self.values:
            self.channel.send({"get": name})
            return decode(self.channel.receive()["value"], self.side, Known())
        return self.functions[name]

    def function(self, name):
        def remote(*args, **kwargs):
            return self.ask({"call": name}, args, kwargs)

        remote.__name__ = remote.__qualname__ = name
        return remote

    async def waiting(self, number):
        return self.ask({"wait": number}, (), {})

    def ask(self, what, args, kwargs):
        known = Known()
        sent = [encode(item, self.side.give, known) for item in args]
        named = {key: encode(item, self.side.give, known) for key, item in kwargs.items()}
        self.channel.send({**what, "args": {"$": "tuple", "v": sent}, "kwargs": named})
        told = self.channel.receive()
        if "coroutine" in told:
            return self.waiting(told["coroutine"])
        try:
            count = len(known.containers)
            raised = told.get("raised")
            result = None if raised else decode(told["value"], self.side, known)
            for number, held in told["changed"]:
                if 0 <= number < count:
                    fill(known.containers[number], held, self.side, known)
        except Gone:
            raise
        except Exception as error:
            raise RuntimeError("the program answered what is no answer: %r" % error) from None
        if raised:
            raise self.error(raised)
        return result

    def error(self, told):
        """An exception of the same name; of the nearest kind that Python itself has."""
        kinds = [str(kind) for kind in told["kinds"]]
        base = next(
            kind
            for kind in (getattr(builtins, name, None) for name in [*kinds, "Exception"])
            if isinstance(kind, type) and issubclass(kind, BaseException)
        )
        if issubclass(base, (SystemExit, KeyboardInterrupt, GeneratorExit)):
            base = RuntimeError
        args = decode(told["args"])
        if base.__name__ == kinds[0]:
            try:
                return base(*args)
            except Exception:
                return RuntimeError(str(told["text"]))
        made = self.errors.setdefault(kinds[0], type(kinds[0], (base,), {}))
        return made(str(told["text"]))
