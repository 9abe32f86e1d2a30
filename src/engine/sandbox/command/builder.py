"""Runs a compiler: as `starter.py`, with the bounds that compilers need, and gives what was built.

    build    {argv, stdin, folder, file, source}: writes the file there and becomes the command
    collect  {folder}: sends each regular file that lies there, as a JSON line and its bytes
"""

import json
import os
import stat

import starter

MAX_PROCESSES = 256
MAX_RESULTS = 64 * 1024 * 1024
MAX_FILES = 500
MAX_FILE_BYTES = 256 * 1024 * 1024
OPEN_FILES = 1024


def set_limits(cpu_seconds, memory_mb):
    starter.set_limits(cpu_seconds, memory_mb, MAX_FILE_BYTES, OPEN_FILES)


def run(payload, send, connection, following):
    request = json.loads(payload)
    if request["mode"] == "build":
        with open(os.path.join(request["folder"], request["file"]), "wb") as file:
            file.write(request["source"].encode("utf-8", "replace"))
        starter.start(request)
    elif request["mode"] == "collect":
        collect(request["folder"], send)
    else:
        starter.run(payload, send, connection, following)


def collect(folder, send):
    """Links are not followed and not sent: what they name is not what was built."""
    count = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            found = os.lstat(path)
            if not stat.S_ISREG(found.st_mode):
                continue
            count += 1
            if count > MAX_FILES:
                return
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            with open(descriptor, "rb") as file:
                data = file.read(MAX_RESULTS)
            executable = bool(found.st_mode & stat.S_IXUSR)
            relative = os.path.relpath(path, folder)
            send(json.dumps({"path": relative, "executable": executable}).encode())
            send(data)
