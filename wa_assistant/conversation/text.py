"""Text that fits into a message."""

import regex

# Twilio refuses 1,600, counted as UTF-16 does: most emoji are two or more. The marks that close
# what a cut leaves open find room in between.
MOST_UNITS = 1500
# An item of a list begins with a number or a mark, which stays with its first word.
NOT_AN_ITEM = r"(?<!(?:^|\n)[ \t]*(?:\d{1,3}[.)]|[-*•]))"
# Where a text may be cut, best first: between paragraphs, lines, sentences, words.
SEAMS = (r"\n\s*\n", r"\n", rf"(?<=[.!?…]){NOT_AN_ITEM}\s+", rf"{NOT_AN_ITEM}\s+")
FENCED = r"(```).+?```"
# What WhatsApp shows in bold, in italics and struck through; never over the end of a line.
MARKED = tuple(
    rf"(?<![\w{mark}])({mark})(?=[^\s{mark}])[^\n]*?(?<=\S){mark}(?![\w{mark}])"
    for mark in (r"\*", "_", "~")
)


def units(text: str) -> int:
    """Its length as Twilio counts it, and a browser too."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str) -> list[str]:
    """`text` in parts that fit, cut at the best seam of each; never in a word, an address or an
    emoji, unless that alone is too long for a message. What is in bold where it is cut is in bold
    on both sides."""
    found = []
    rest = text.strip()
    while len(head := _fitting(rest)) < len(rest):
        end, begin = _seam(rest, len(head))
        marks = _open_marks(rest, end)
        found.append(rest[:end].rstrip() + "".join(reversed(marks)))
        rest = "".join(marks) + rest[begin:].lstrip()
    return [*found, rest]


def _open_marks(text: str, cut: int) -> list[str]:
    """The marks that a cut leaves open, the outermost first."""
    for fenced in regex.finditer(FENCED, text, regex.DOTALL):
        if fenced.end(1) < cut < fenced.end():
            return [fenced[1]]
    over = [
        marked
        for pattern in MARKED
        for marked in regex.finditer(pattern, text)
        if marked.end(1) < cut < marked.end()
    ]
    return [marked[1] for marked in sorted(over, key=lambda marked: marked.start())]


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
