"""Letters that a PDF's fonts write in parts, as TeX's do: accents, and letters that are joined."""

import unicodedata

# Accents that stand alone, as those that belong to a letter.
_ACCENTS = dict(
    zip("´`˜~ˆ^¨¸ˇ˚", "\u0301\u0300\u0303\u0303\u0302\u0302\u0308\u0327\u030c\u030a", strict=True)
)
_DOTLESS = {"ı": "i", "ȷ": "j"}
# TeX's encoding T1, where the font does not say what its letters are.
_JOINED = {
    **dict(zip("\x1b\x1c\x1d\x1e\x1f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **dict(zip("\x10\x11\x15\x16", "“”–—", strict=True)),
}
OVER = 0.5  # of the narrower one's width: what an accent and its letter have in common

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


def written(character: str) -> str:
    """What a character stands for; itself, where it is one."""
    return _JOINED.get(character, character)


def accented(before: str, character: str) -> str:
    """The letter that an accent and a letter make, in either order; "" where they make none."""
    for letter, accent in ((character, before), (before, character)):
        if accent in _ACCENTS and letter.isalpha():
            made = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + _ACCENTS[accent])
            return made if len(made) == 1 else ""
    return ""


def is_over(before: Box, box: Box) -> bool:
    """Whether two characters lie in one place."""
    (left, _, right, _), (start, _, end, _) = before, box
    shared = min(right, end) - max(left, start)
    return shared > OVER * min(right - left, end - start)
