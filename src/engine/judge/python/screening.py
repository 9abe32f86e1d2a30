"""Judges many programs one after another in one process, each within a bound of its own.

For programs that nobody meant ill, such as those of a search: forking costs ten times what a small
program does. What passes is judged again by itself, so nothing that one program leaves behind can
make another pass. Where a program left something that the next one could meet, no more are judged
here; who asked sees which were not.
"""

import builtins
import os
import signal
import sys
import time

TEMPORARY_FOLDERS = ("/tmp", "/dev/shm")
# Processor time behind the bound after which the kernel ends the process: it is stuck where no
# exception reaches it, or catches them all.
GRACE_SECONDS = 0.05
AGAIN_SECONDS = 0.01


class OutOfTime(BaseException):
    """Raised in a program that passed its bound. No program knows it by name."""


class Bound:
    """Ends what runs inside it after so much processor time, or so much wall clock."""

    def __init__(self, cpu_seconds, wall_seconds):
        self.cpu_seconds, self.wall_seconds = cpu_seconds, wall_seconds
        self.is_over = False

    def __enter__(self):
        self.is_over = False
        signal.signal(signal.SIGPROF, self.end)
        signal.signal(signal.SIGALRM, self.end)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_VIRTUAL, self.cpu_seconds + GRACE_SECONDS)
        signal.setitimer(signal.ITIMER_REAL, self.wall_seconds, AGAIN_SECONDS)
        signal.setitimer(signal.ITIMER_PROF, self.cpu_seconds, AGAIN_SECONDS)

    def __exit__(self, *_):
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL, signal.ITIMER_VIRTUAL):
            signal.setitimer(timer, 0)

    def end(self, *_):
        self.is_over = True
        raise OutOfTime()


def screen(request, tell, judge):
    """Tells of each program, as `screened`, what `judge` tells of it, and how it ended."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    bound = Bound(request["cpuMs"] / 1000, request["seconds"])
    before = Kept()
    for index, program in enumerate(request["programs"]):
        told = []

        def note(kind, **fields):
            if bound.is_over:
                raise OutOfTime()
            told.append({"kind": kind, **fields})

        started, end = time.perf_counter(), "finished"
        try:
            with bound:
                judge({**request, "program": program}, note)
        except OutOfTime:
            end = "timedOut"
        except MemoryError:
            end = "outOfMemory"
        if bound.is_over:
            end = "timedOut"
        took = (time.perf_counter() - started) * 1000
        is_clean = before.restore()
        tell("screened", index=index, end=end, durationMs=took, told=told)
        if not is_clean:
            return


class Kept:
    """What programs find, as it is before the first of them."""

    def __init__(self):
        # Not loaded ahead: in every process that is forked it seeds itself anew.
        import random

        self.builtins = dict(vars(builtins))
        self.random, self.random_state = random, random.getstate()
        self.recursion = sys.getrecursionlimit()
        self.streams = sys.stdin, sys.stdout, sys.stderr

    def restore(self):
        """Puts it back; False where something is left that cannot be."""
        sys.settrace(None)
        sys.setrecursionlimit(self.recursion)
        sys.stdin, sys.stdout, sys.stderr = self.streams
        self.random.setstate(self.random_state)
        now = vars(builtins)
        if now != self.builtins:
            now.clear()
            now.update(self.builtins)
        os.chdir(TEMPORARY_FOLDERS[0])
        # A thread that goes on would do so in the time of the next program.
        if len(sys._current_frames()) > 1:
            return False
        return not any(os.listdir(folder) for folder in TEMPORARY_FOLDERS)
