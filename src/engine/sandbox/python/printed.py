"""What a job prints, kept within bounds."""

MAX_KEPT = 64 * 1024
# With room for the words between the halves.
HALF = MAX_KEPT // 2 - 64


class Printed:
    """All that was printed, or as much as is kept: of more the first and the last half."""

    def __init__(self, is_whole):
        self.is_whole, self.count = is_whole, 0
        self.head, self.tail = bytearray(), bytearray()

    def add(self, data):
        self.count += len(data)
        self.head += data
        if self.is_whole or self.count <= MAX_KEPT:
            return
        self.tail += self.head[HALF:]
        del self.head[HALF:], self.tail[:-HALF]

    def told(self):
        if self.is_whole or self.count <= MAX_KEPT:
            return self.head
        left_out = self.count - len(self.head) - len(self.tail)
        return self.head + b"\n[%d bytes left out]\n" % left_out + self.tail
