"""Program and tests in processes of their own: one serves calls, the other makes them.

Messages go over a socket that exists for one program alone. The sides take turns: whoever was asked
may ask back before it answers, so a function of the tests can be called by the program during a
call, and at no other time. The program's side is hostile: it can answer what it likes, and use what
the tests gave it in the ways that they gave it for, and no more.

Each message of the tests has a number that nobody can guess, which the next one of the program
repeats: what was written ahead, or by anyone but who was asked, is told from an answer by that.
"""

import os
import sys

# Not `threading`, which does work of its own in every process that is forked.
from _thread import RLock

import channel as channels
import endings
import raising
import shadows
import waiting
from channel import NO_MESSAGE, UNASKED, Gone, NoMessage, parsed, written
from sharing import PROGRAM, TESTS, Side

# Frames beside those of the program, for reading and writing what is nested deeply.
ROOM = 12000
# Frames that must be left when something is asked: an exchange that was begun is gone through with.
HEADROOM = 20
NUMBER_BYTES = 6
# Kept, because a program may put its own in their places.
get_recursion_limit, set_recursion_limit = sys.getrecursionlimit, sys.setrecursionlimit
own_number, end_process, random_bytes = os.getpid, os._exit, os.urandom
KINDS = ("ask", "raised", "value")


class Room:
    """While it is held, the recursion limit is further away; what the program set stays set."""

    def __enter__(self):
        self.limit = get_recursion_limit()
        set_recursion_limit(self.limit + ROOM)

    def __exit__(self, *_):
        set_recursion_limit(self.limit)


def has_headroom(frames=HEADROOM):
    """Throws RecursionError where there is none."""
    return frames == 0 or has_headroom(frames - 1)


class Peer:
    """One side of the conversation; `turn` is held by whoever asks or is about to answer.

    `is_busy` says, to who holds the turn, that the sides are at a place where nothing can be asked.
    """

    def __init__(self, channel, own):
        self.channel, self.side = channel, Side(own, self)
        self.turn = RLock()
        self.is_busy = False
        # The number of the last message of the tests.
        self.last = None
        self.awaiting = waiting.Awaiting(self)

    def name_of(self, _value):
        return None

    def named(self, name):
        raise ValueError("no such name: %r" % name)

    def wait_for(self, number, verb="wait"):
        return self.awaiting.wait_for(number, verb)

    def ask(self, verb, of, args=(), kwargs=None):
        """What the other side gives for it; throws what it throws there."""
        with self.turn:
            if self.is_busy:
                # Out of a signal's handler or a finalizer, in the middle of another exchange.
                raise RuntimeError("asked while an answer is on its way")
            has_headroom()
            self.is_busy = True
            try:
                message = self.compose({"ask": verb, "of": of}, self.write_call, (args, kwargs))
                error, result = self.exchange(message)
            finally:
                self.is_busy = False
                self.ended()
        if error is not None:
            raise self.as_wanted(error, verb)
        return result

    def exchange(self, message):
        try:
            self.send(message)
            while True:
                error, result = self.read(self.channel.receive())
                if error is not ASKED:
                    return error, result
                self.answer(result)
        except BaseException:
            # Broken off, by the handler of a signal or for want of memory: the answer would be
            # taken for that to another question.
            self.channel.gone()
            raise

    def answer(self, request):
        """Does what was asked, and tells what came of it."""
        self.is_busy = False
        try:
            outcome = self.outcome(request)
        finally:
            self.is_busy = True
        self.reply(*outcome)

    def outcome(self, request):
        verb, of, args, kwargs = request
        request.clear()
        try:
            return self.write_value, [self.perform(verb, of, args, kwargs)]
        except Gone:
            raise
        except BaseException as error:
            self.note(error)
            return self.write_error, [error]

    def reply(self, write, held):
        try:
            message = self.compose({}, write, held)
        except (ValueError, RecursionError) as error:
            message = self.compose({}, self.write_error, [type(error)(str(error))])
        self.send(message)

    def as_wanted(self, error, _verb):
        return error

    def may_swallow(self, answer):
        """Whether a context of the other side ends an exception that passes through it."""
        return answer

    def note(self, _error):
        """Hears of what is raised to the other side."""

    def ended(self):
        """Hears that what was asked is answered."""

    def perform(self, verb, of, args, kwargs):
        numbers = of if verb == "wait" else [of]
        if not all(shadows.may_be_used(self.side.roles[number], verb) for number in numbers):
            raise TypeError("this cannot be used so: " + str(verb))
        if verb == "wait":
            return self.awaiting.run([self.side.given[number] for number in of], of)
        if verb == "cancel":
            return self.awaiting.cancel(of)
        return shadows.use(self.side.given[of], verb, args, kwargs)

    # Messages. The lists that hold values are emptied, so that nothing here refers to them when
    # it is found out what is still in use.

    def write_call(self, told, held):
        args, kwargs = held
        told["args"] = [self.side.encode(item) for item in args]
        if kwargs:
            told["kwargs"] = {name: self.side.encode(item) for name, item in kwargs.items()}

    def write_value(self, told, held):
        told["value"] = self.side.encode(held.pop())

    def write_error(self, told, held):
        told["raised"] = raising.raised(self.side, held.pop())

    def compose(self, told, write, held):
        mark = self.side.mark()
        try:
            with Room():
                try:
                    write(told, held)
                    del write, held
                    self.side.seal(told, mark[0])
                    return self.numbered(told)
                except BaseException:
                    self.side.back_to(mark)
                    raise
        except RecursionError:
            raise RecursionError("a value that is nested too deeply") from None

    def read(self, data):
        """An error and None, None and a value, or ASKED and what is asked."""
        side = self.side
        try:
            with Room():
                told = parsed(data)
                if not any(kind in told for kind in KINDS):
                    raise NoMessage()
                self.heed(told)
                first = side.open(told)
                error, value = None, None
                if "ask" in told:
                    args = [side.decode(item) for item in told["args"]]
                    named = told.get("kwargs")
                    kwargs = {name: side.decode(item) for name, item in (named or {}).items()}
                    error, value = ASKED, [told["ask"], told["of"], args, kwargs]
                    del args, kwargs
                elif "raised" in told:
                    error = raising.made(side, told["raised"])
                else:
                    value = side.decode(told["value"])
                side.close(told, first)
                return error, value
        except NoMessage:
            raise self.channel.gone(NO_MESSAGE) from None
        except MemoryError:
            raise
        except Exception as error:
            return RuntimeError("the program answered what is no answer: %r" % error), None


ASKED = object()


class Program(Peer):
    """The program's side: answers calls of what stands under the names of its module."""

    def __init__(self, channel, names):
        super().__init__(channel, PROGRAM)
        self.names, self.is_busy = names, True
        self.owner = own_number()

    def named(self, name):
        return self.names[name]

    def serve(self):
        """Holds the turn but for the time of a call, so that no thread speaks at another."""
        try:
            with self.turn:
                self.send(self.found(self.channel.receive()))
                while True:
                    error, request = self.read(self.channel.receive())
                    if error is not ASKED:
                        return
                    self.is_busy = False
                    self.turn.release()
                    try:
                        outcome = self.outcome(request)
                    finally:
                        self.turn.acquire()
                        self.is_busy = True
                    self.reply(*outcome)
                    del outcome
        except Gone:
            return

    def found(self, data):
        """The answer to the first message: which names there are, and what is called."""
        asked = parsed(data)
        self.heed(asked)
        names = asked["names"]
        return self.numbered(
            {"names": {name: self.is_called(name) for name in names if name in self.names}}
        )

    def heed(self, told):
        self.last = told["number"]

    def numbered(self, told):
        return written({**told, "number": self.last})

    def is_called(self, name):
        value = self.names[name]
        return callable(value) and not (isinstance(value, type) and issubclass(value, BaseException))

    def ask(self, verb, of, args=(), kwargs=None):
        if own_number() != self.owner:
            raise RuntimeError("a copy of the program cannot use what the tests gave it")
        return super().ask(verb, of, args, kwargs)

    def send(self, message):
        if own_number() != self.owner:
            # A copy that the program made and forgot to end: one of them answers.
            end_process(0)
        self.channel.send(message)

    def perform(self, verb, of, args, kwargs):
        if verb == "run":
            return self.names[of](*args, **kwargs)
        if verb == "get":
            return self.names[of]
        return super().perform(verb, of, args, kwargs)


def serve(channel, names):
    Program(channel, names).serve()


class Remote(Peer):
    """The tests' side: stands for the program, by name. Values are asked for each time anew.

    `unwanted` are endings (endings.py) that come to the tests as errors.
    """

    def __init__(self, channel, wanted, unwanted=frozenset()):
        super().__init__(channel, TESTS)
        self.unwanted = unwanted
        self.randomness = b""
        self.send(self.numbered({"names": list(wanted)}))
        found = self.found(channel.receive())
        self.functions = {name: self.function(name) for name in wanted if found.get(name) is True}
        self.values = {name for name in wanted if found.get(name) is False}
        self.names = {id(function): name for name, function in self.functions.items()}
        self.asserted, self.raised = None, []

    def found(self, data):
        try:
            told = parsed(data)
            self.heed(told)
            return dict(told["names"])
        except (NoMessage, LookupError, TypeError, ValueError):
            raise self.channel.gone(NO_MESSAGE) from None

    def heed(self, told):
        if told.get("number") != self.last:
            raise self.channel.gone(UNASKED)

    def numbered(self, told):
        # Drawn for many messages at once, and nowhere that a program forked later could read.
        if not self.randomness:
            self.randomness = random_bytes(64 * NUMBER_BYTES)
        self.last = int.from_bytes(self.randomness[:NUMBER_BYTES], "big")
        self.randomness = self.randomness[NUMBER_BYTES:]
        return written({**told, "number": self.last})

    def __getitem__(self, name):
        return self.ask("get", name) if name in self.values else self.functions[name]

    def name_of(self, value):
        return self.names.get(id(value))

    def function(self, name):
        def remote(*args, **kwargs):
            return self.ask("run", name, args, kwargs)

        remote.__name__ = remote.__qualname__ = name
        return remote

    def send(self, message):
        # It is our turn: the program has asked or answered what it might, once, or it cheats.
        if not (self.channel.is_gone or self.channel.is_quiet()):
            raise self.channel.gone(UNASKED)
        self.channel.send(message)

    def as_wanted(self, error, verb):
        return endings.as_wanted(error, verb, self.unwanted)

    def may_swallow(self, answer):
        # What fails between the program's own doors is what it is to be found out by.
        return False

    def write_error(self, told, held):
        # As itself: it may come back, raised on by the program.
        told["raised"], number = self.side.give_raised(held.pop())
        if number is not None:
            self.raised.append(number)

    def ended(self):
        self.side.end(self.raised)
        self.raised = []

    def note(self, error):
        # The program may catch what a function of the tests raises, as it may in plain Python; but
        # it must not be what decides whether an assertion counts.
        if isinstance(error, AssertionError) and not is_from_here(error):
            self.asserted = self.asserted or error


def is_from_here(error):
    """Whether it came from the other side, and not from what stands on this one."""
    trace, file = error.__traceback__, None
    while trace is not None:
        file, trace = trace.tb_frame.f_code.co_filename, trace.tb_next
    return file in OWN_FILES


OWN_FILES = (__file__, channels.__file__, endings.__file__, shadows.__file__, waiting.__file__)
