"""Text that fits into a message."""

import regex

# Twilio refuses 1,600, counted as UTF-16 does: most emoji are two or more.
MOST_UNITS = 1500
# Where a text may be cut, best first: between paragraphs, lines, sentences, words.
SEAMS = (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s+", r"\s+")


def parts(text: str) -> list[str]:
    """`text` in parts that fit, cut at the best seam of each; never in a word, an address or an
    emoji, unless that alone is too long for a message."""
    found = []
    rest = text.strip()
    while len(head := _fitting(rest)) < len(rest):
        end, begin = _seam(rest, len(head))
        found.append(rest[:end].rstrip())
        rest = rest[begin:].lstrip()
    return [*found, rest]


def _fitting(text: str) -> str:
    """As much of its beginning as one message holds."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * MOST_UNITS]
    return units.decode("utf-16-le", "ignore")


def _seam(text: str, room: int) -> tuple[int, int]:
    """Where the first part ends and where the next begins, past the first third if possible."""
    for earliest in (room // 3, 0):
        for pattern in SEAMS:
            seams = [
                match
                for match in regex.finditer(pattern, text[: room + 1])
                if match.start() > earliest
            ]
            if seams:
                first: int = seams[-1].start()
                return first, seams[-1].end()
    return _last_character(text, room)


def _last_character(text: str, room: int) -> tuple[int, int]:
    """Between two characters as people see them: a family of four is one."""
    ends = [match.end() for match in regex.finditer(r"\X", text[: room + 8])]
    cut: int = max((end for end in ends if end <= room), default=room)
    return cut, cut
