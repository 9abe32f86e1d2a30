"""Tries what a hostile program would try, and tells what was possible."""

import ctypes
import os
import signal
import time

CLONE_NEWUSER = 0x10000000
PTRACE_TRACEME = 0
NETLINK, VSOCK, PACKET = 16, 40, 17
HOLD_SECONDS = 15


def probe(request, tell):
    if "hold" in request:
        hold(**request["hold"])
    else:
        tell("probe", **walls(request))
    tell("done")


def walls(request):
    # Not loaded ahead, for nothing else needs it.
    import socket

    found = {"network": connects(request["host"], request["port"])}
    found["home"] = any(os.path.exists(path) for path in request["paths"])
    places = ("/", "/usr", "/dev", "/proc", os.path.dirname(__file__))
    found["writable"] = [folder for folder in places if is_writable(folder)]
    found["environment"] = bool(set(os.environ) - set(request["environment"]))
    found["others"] = len([name for name in os.listdir("/proc") if name.isdigit()]) > 2
    found["sharedNamespaces"] = [
        name for name, number in request["namespaces"].items() if number == namespace(name)
    ]
    found["processes"] = is_stopped_forking(request["processes"])
    try:
        block = bytearray(request["memoryMb"] * 1024 * 1024)
        found["memory"] = len(block) == 0
    except MemoryError:
        found["memory"] = True
    status = read_status()
    libc = ctypes.CDLL(None, use_errno=True)
    found["newNamespaces"] = libc.unshare(CLONE_NEWUSER) == 0
    found["rights"] = [
        name
        for name, has in (
            ("user 0", os.getuid() == 0 or os.geteuid() == 0),
            ("capabilities", int(status.get("CapEff", "1"), 16) != 0),
            ("new rights by programs of others", status.get("NoNewPrivs") != "1"),
            ("becoming user 0", becomes_root()),
        )
        if has
    ]
    found["filtered"] = status.get("Seccomp") == "2"
    found["calls"] = [
        name
        for name, works in (
            ("memfd_create", has_hidden_memory()),
            ("ptrace", libc.ptrace(PTRACE_TRACEME, 0, 0, 0) == 0),
            ("netlink", opens(NETLINK, socket.SOCK_RAW)),
            ("vsock", opens(VSOCK, socket.SOCK_STREAM)),
            ("packet", opens(PACKET, socket.SOCK_RAW)),
        )
        if works
    ]
    return found


def connects(host, port):
    import socket

    try:
        with socket.create_connection((host, port), timeout=0.3):
            return True
    except OSError:
        return False


def is_writable(folder):
    try:
        with open(os.path.join(folder, "flywheel-probe"), "w"):
            return True
    except OSError:
        return False


def namespace(name):
    try:
        return os.stat("/proc/self/ns/" + name).st_ino
    except OSError:
        return None


def is_stopped_forking(count):
    children = []
    try:
        for _ in range(count):
            child = os.fork()
            if child == 0:
                os.kill(os.getpid(), signal.SIGSTOP)
                os._exit(0)
            children.append(child)
        return False
    except OSError:
        return True
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def read_status():
    with open("/proc/self/status") as file:
        return {name: rest.strip() for name, _, rest in (line.partition(":") for line in file)}


def becomes_root():
    try:
        os.setuid(0)
        return True
    except OSError:
        return False


def has_hidden_memory():
    try:
        os.close(os.memfd_create("probe"))
        return True
    except (AttributeError, OSError):
        return False


def opens(family, kind):
    import socket

    try:
        socket.socket(family, kind).close()
        return True
    except OSError:
        return False


def hold(processes, megabytes):
    """Holds memory in several processes, none of which has too much by itself."""
    first = os.getpid()
    for _ in range(processes - 1):
        if os.fork() == 0:
            break
    held = bytearray(b"x") * (megabytes * 1024 * 1024)
    time.sleep(HOLD_SECONDS)
    del held
    if os.getpid() != first:
        os._exit(0)
