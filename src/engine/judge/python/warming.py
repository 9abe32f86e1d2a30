"""A conversation within one process, held before any program is forked.

Python adapts its code as it runs. What is adapted here is shared by all that is forked later; what
each fork adapts by itself costs it a copy of the memory that it changes.
"""

from conversation import Program, Remote

ROUNDS = 20
PROGRAM = "def f(*args):\n    return [args[0], args]\n"


class Answered:
    """A channel whose other end answers within `receive`."""

    is_gone = False

    def __init__(self, names):
        self.program = Program(self, names)
        self.waiting = []

    def is_quiet(self):
        return True

    def send(self, data):
        self.waiting.append(data)

    def receive(self):
        if self.waiting[0][:8] == b'{"names"':
            self.waiting.append(self.program.found(self.waiting.pop()))
        elif self.waiting[0][:6] == b'{"ask"':
            self.program.answer(self.program.read(self.waiting.pop())[1])
        return self.waiting.pop()


def warm_up():
    names = {}
    exec(compile(PROGRAM, "warming.py", "exec"), names)
    function = Remote(Answered(names), ["f"])["f"]
    for _ in range(ROUNDS):
        function([1, "a", (2.5, None)], {"k": [True]}, {3}, -1)
        function(1)
