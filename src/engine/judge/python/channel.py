"""The socket between a program and its tests, and what goes over it: JSON after its length (u32)."""

import json
import struct

MAX_MESSAGE = 64 * 1024 * 1024
# A message of the usual size comes with one call.
READ_BYTES = 8 * 1024
MSG_PEEK, MSG_DONTWAIT = 2, 0x40
NO_MESSAGE = "the program sent what is no message"
UNASKED = "the program answered what nobody had asked"
ENCODER = json.JSONEncoder(check_circular=False, separators=(",", ":"))
LENGTH = struct.Struct("!I")
# Kept, because a program may put its own in its place.
parse = json.loads


class Gone(BaseException):
    """The other side ended. No test may catch it as an error of its own."""


class NoMessage(Exception):
    """Bytes that no side of a conversation sends."""


class Channel:
    def __init__(self, connection):
        self.connection = connection
        # What was read and is no whole message yet, or came behind one.
        self.held = bytearray()
        self.is_gone = False
        # Why it is certain that the program meddled with the channel; None where it is not.
        self.foul = None

    def close(self):
        self.connection.close()

    def gone(self, foul=None):
        self.is_gone = True
        self.foul = self.foul or foul
        return Gone()

    def is_quiet(self):
        """Nothing has come that was not asked for; the end of the other side is no message."""
        if self.held:
            return False
        try:
            return not self.connection.recv(1, MSG_PEEK | MSG_DONTWAIT)
        except OSError:
            return True

    def send(self, data):
        if self.is_gone:
            raise Gone()
        try:
            self.connection.sendall(LENGTH.pack(len(data)) + data)
        except OSError:
            raise self.gone() from None

    def receive(self):
        if self.is_gone:
            raise Gone()
        self.fill(LENGTH.size)
        (length,) = LENGTH.unpack_from(self.held)
        if length > MAX_MESSAGE:
            raise self.gone(NO_MESSAGE)
        end = LENGTH.size + length
        self.fill(end)
        data = bytes(self.held[LENGTH.size : end])
        del self.held[:end]
        return data

    def fill(self, length):
        """Reads until that much is held, and what else has come by then."""
        held = self.held
        while len(held) < length:
            try:
                part = self.connection.recv(max(READ_BYTES, min(length - len(held), 1 << 20)))
            except OSError:
                part = b""
            if not part:
                raise self.gone()
            held += part


def written(message):
    data = ENCODER.encode(message).encode()
    if len(data) > MAX_MESSAGE:
        raise ValueError("more than %d bytes in one call" % MAX_MESSAGE)
    return data


def parsed(data):
    """The object that a message is. Throws NoMessage for bytes that are none."""
    try:
        message = parse(data)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise NoMessage() from None
    if type(message) is not dict:
        raise NoMessage()
    return message
