"""The socket between a program and its tests, and what goes over it: JSON after its length (u32)."""

import json
import select
import struct

MAX_MESSAGE = 64 * 1024 * 1024
MSG_PEEK = 2
NO_MESSAGE = "the program sent what is no message"
UNASKED = "the program answered what nobody had asked"
ENCODER = json.JSONEncoder(check_circular=False, separators=(",", ":"))
# Kept, because a program may put its own in its place.
parse = json.loads


class Gone(BaseException):
    """The other side ended. No test may catch it as an error of its own."""


class NoMessage(Exception):
    """Bytes that no side of a conversation sends."""


class Channel:
    def __init__(self, connection):
        self.connection = connection
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
        if not select.select([self.connection], [], [], 0)[0]:
            return True
        try:
            return not self.connection.recv(1, MSG_PEEK)
        except OSError:
            return True

    def send(self, data):
        if self.is_gone:
            raise Gone()
        try:
            self.connection.sendall(struct.pack("!I", len(data)) + data)
        except OSError:
            raise self.gone() from None

    def receive(self):
        if self.is_gone:
            raise Gone()
        (length,) = struct.unpack("!I", self.exactly(4))
        if length > MAX_MESSAGE:
            raise self.gone(NO_MESSAGE)
        return self.exactly(length)

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
