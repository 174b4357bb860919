"""Text that fits into a message."""

import re

MOST_CHARACTERS = 1500  # Twilio refuses 1,600; emoji count more than once there
# Where a text may be cut, best first: between paragraphs, lines, sentences, words.
SEAMS = (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s+", r"\s+")


def parts(text: str) -> list[str]:
    """`text` in parts of at most MOST_CHARACTERS, cut at the best seam of each."""
    found = []
    rest = text.strip()
    while len(rest) > MOST_CHARACTERS:
        end, begin = _seam(rest)
        found.append(rest[:end].rstrip())
        rest = rest[begin:].lstrip()
    return [*found, rest]


def _seam(text: str) -> tuple[int, int]:
    """Where the first part ends and where the next begins, past the first third if possible."""
    for pattern in SEAMS:
        seams = [
            match
            for match in re.finditer(pattern, text[: MOST_CHARACTERS + 1])
            if match.start() > MOST_CHARACTERS // 3
        ]
        if seams:
            return seams[-1].span()
    return MOST_CHARACTERS, MOST_CHARACTERS
