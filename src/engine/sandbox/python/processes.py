"""What the fork server does to the processes and files of a job: bounds, counts, removes."""

import os
import resource
import signal

MAX_PROCESSES = 64
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_OPEN_FILES = 128
# Beside the memory that a job may hold, for the interpreter itself.
OWN_MB = 64
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
TEMPORARY_FOLDERS = ("/tmp", "/dev/shm")
# Those that everything here begins with.
HARD_LIMITS = {
    which: resource.getrlimit(which)[1]
    for which in (
        resource.RLIMIT_AS,
        resource.RLIMIT_CORE,
        resource.RLIMIT_CPU,
        resource.RLIMIT_DATA,
        resource.RLIMIT_FSIZE,
        resource.RLIMIT_NOFILE,
        resource.RLIMIT_NPROC,
    )
}


def set_limits(cpu_seconds, memory_mb):
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, MAX_FILE_BYTES)
    limit(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)
    limit(resource.RLIMIT_CPU, cpu_seconds)
    limit(resource.RLIMIT_AS, (memory_mb + OWN_MB) * 1024 * 1024)


def become(sandbox_uid, max_processes=MAX_PROCESSES):
    """Takes the user that programs run as; None keeps the one there is."""
    if sandbox_uid is not None:
        os.setgroups([])
        os.setresgid(sandbox_uid, sandbox_uid, sandbox_uid)
        os.setresuid(sandbox_uid, sandbox_uid, sandbox_uid)
    # After the change of user: the kernel counts processes by user, and never bounds root.
    limit(resource.RLIMIT_NPROC, max_processes)


def limit(which, value):
    hard = HARD_LIMITS[which]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))


def others_than(kept):
    """Processes here that are neither this one nor `kept`."""
    return [name for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, kept)]


def newest():
    """The process or thread of this namespace that was started last (proc(5), loadavg)."""
    with open("/proc/loadavg") as file:
        return int(file.read().split()[-1])


def resident_mb():
    """Memory of every process but this one: its own, and what it maps of shared memory."""
    kilobytes = 0
    for name in others_than(None):
        try:
            with open("/proc/" + name + "/status") as file:
                for line in file:
                    if line.startswith(("RssAnon:", "RssShmem:")):
                        kilobytes += int(line.split()[1])
        except (OSError, ValueError, IndexError):
            pass
    return kilobytes // 1024


def cpu_ms():
    """Processor time of every process but this one, with that of their children that ended."""
    ticks = 0
    for name in others_than(None):
        try:
            with open("/proc/" + name + "/stat") as file:
                fields = file.read().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
        except (OSError, ValueError, IndexError):
            pass
    return ticks * 1000 // TICKS_A_SECOND


def kill_everything():
    while True:
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass
        try:
            while True:
                os.waitpid(-1, 0)
        except ChildProcessError:
            return


def empty_temporary_folders(sandbox_uid):
    """Removes all files of the last job; False where some would not go."""
    for folder in TEMPORARY_FOLDERS:
        restore(folder)
    if all(is_empty(folder) for folder in TEMPORARY_FOLDERS):
        return True
    cleaner = os.fork()
    if cleaner == 0:
        try:
            signal.alarm(5)
            become(sandbox_uid)
            for folder in TEMPORARY_FOLDERS:
                for name in os.listdir(folder):
                    remove(os.path.join(folder, name))
        finally:
            os._exit(0)
    os.waitpid(cleaner, 0)
    return all(is_empty(folder) for folder in TEMPORARY_FOLDERS)


def restore(folder):
    """Open to all and marked by none, as it was: a program of our own user may have changed both."""
    if os.stat(folder).st_mode & 0o7777 != 0o1777:
        os.chmod(folder, 0o1777)
    for name in os.listxattr(folder):
        os.removexattr(folder, name)


def is_empty(folder):
    return not os.listdir(folder)


def remove(path):
    # Not loaded ahead, with the libraries of archives that it brings: few programs leave files.
    import shutil

    def open_up_and_retry(function, name, _error):
        os.chmod(os.path.dirname(name), 0o700)
        if os.path.isdir(name) and not os.path.islink(name):
            os.chmod(name, 0o700)
            shutil.rmtree(name, ignore_errors=True)
        else:
            function(name)

    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path, onerror=open_up_and_retry)
    else:
        os.unlink(path)


def describe_status(status):
    """How a process ended in words; empty where it ended well."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            return "signal " + signal.Signals(number).name
        except ValueError:
            return "signal %d" % number
    code = os.WEXITSTATUS(status)
    return "" if code == 0 else "exit code %d" % code
