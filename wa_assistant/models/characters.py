"""Characters that are not seen: they turn words round, hide in a link, or make an empty name.

What joins an emoji or the letters of a script that needs it stays.
"""

import re
import unicodedata

# Controls but for tab and line feed, what directs, joins or breaks words unseen, letters without a
# shape, selectors of a shape, and tags. CARRIAGE RETURN and the separators become line feeds.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# What ends a line or turns words round stood between two.
_BETWEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINES = {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"}
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_TEXT, _EMOJI = "\ufe0e", "\ufe0f"
_KEYS = "0123456789#*"
_SKIN = range(0x1F3FB, 0x1F400)
_FLAG, _TAGS, _CANCEL = "\U0001f3f4", range(0xE0020, 0xE007F), "\U000e007f"
# Arabic, Syriac, the scripts of India and its neighbours, Mongolian: letters join or do not.
_JOINING = (range(0x0600, 0x0900), range(0x0900, 0x1000), range(0x1780, 0x18B0))


def seen(text: str) -> str:
    """`text` without them."""
    text = text.replace("\r\n", "\n")
    return _UNSEEN.sub(lambda found: _instead(text, found.start()), text)


def seen_in_a_line(text: str) -> str:
    """The same on one line with single spaces, as a name is written."""
    return " ".join(seen(_BETWEEN.sub(" ", text)).split())


def _instead(text: str, place: int) -> str:
    """What stands for the unseen character at `place`: itself where it is needed."""
    here = text[place]
    if here in _LINES:
        return _LINES[here]
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    if here == _ZWJ and _is_picture(before) and _is_picture(after) and after not in _KEYS:
        return here
    if here in (_ZWJ, _ZWNJ) and _joins(before) and _joins(after or before):
        return here
    if here in (_TEXT, _EMOJI) and (_is_picture(before) or before in _KEYS) and before:
        return here
    return here if _is_of_a_flag(text, place) else ""


def _is_picture(character: str) -> bool:
    if not character:
        return False
    return (
        unicodedata.category(character) in ("So", "Sm", "Po")
        or character == _EMOJI
        or ord(character) in _SKIN
    ) and ord(character) > 0x7F


def _joins(character: str) -> bool:
    return bool(character) and any(ord(character) in each for each in _JOINING)


def _is_of_a_flag(text: str, place: int) -> bool:
    """Whether it is one of the tags that make England's flag of a black one."""
    begin, end = place, place
    while begin and ord(text[begin - 1]) in _TAGS and place - begin < 8:
        begin -= 1
    while ord(text[end]) in _TAGS and end + 1 < len(text) and end - place < 8:
        end += 1
    return text[end] == _CANCEL and text[max(begin - 1, 0) : begin] == _FLAG
