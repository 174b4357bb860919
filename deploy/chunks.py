"""Where a body in chunks ends, told from what has come of it so far.

Only the plain form is taken, which proxies send: what else the form allows, and none of them needs,
might end elsewhere for the parser that reads it after us.
"""

import re

SIZE = re.compile(rb"([0-9a-fA-F]{1,8})\r\n")
LONGEST_SIZE = 10  # bytes that SIZE takes at most
MOST_CHUNKS = 4096  # each is looked at by the thread that serves all connections
END = b"\r\n"


class Chunks:
    """Those of a body that begins at the place `begins` and has `most` bytes, frames included.

    `refusal`: the status it is answered with unread; 0 while nothing is wrong.
    """

    def __init__(self, begins: int, most: int) -> None:
        self._at = begins
        self._last = begins + most
        self._count = 0
        self.refusal = 0

    def are_whole(self, received: bytearray) -> bool:
        """Whether nothing is waited for any more: the last is here, or it is refused."""
        while not self.refusal:
            found = SIZE.match(received, self._at)
            if found is None:
                if len(received) - self._at < LONGEST_SIZE:
                    return False
                self.refusal = 400
                break
            size = int(found[1], 16)
            ends = found.end() + size + len(END)
            if ends > self._last or self._count >= MOST_CHUNKS:
                self.refusal = 413
            elif len(received) < ends:
                return False
            elif received[ends - len(END) : ends] != END:
                self.refusal = 400
            elif size == 0:
                return True
            self._at = ends
            self._count += 1
        return True
