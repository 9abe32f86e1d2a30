"""Sockets between processes, and what is passed over them.

From what lies below Python's `socket`, whose import takes a sixth of the start of a worker.
"""

import _socket
import struct

NUMBER = struct.Struct("i")
SOMETHING = b"c"

pair = _socket.socketpair


def unix_socket(descriptor):
    """Told what it is, so that nothing has to be asked."""
    return _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0, descriptor)


def pass_descriptor(connection, descriptor):
    rights = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, NUMBER.pack(descriptor))
    connection.sendmsg([SOMETHING], [rights])


def take_descriptor(connection):
    """The one that was passed; None where the other side has ended."""
    _, told, _, _ = connection.recvmsg(len(SOMETHING), _socket.CMSG_LEN(NUMBER.size))
    for level, kind, data in told:
        if level == _socket.SOL_SOCKET and kind == _socket.SCM_RIGHTS:
            return NUMBER.unpack(data)[0]
    return None
