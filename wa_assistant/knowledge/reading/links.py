"""Where a link leads, written after its words: what nobody can read, nobody can pass on."""

import re

WEB = re.compile(r"https?://", re.I)


def address(target: str | None, words: str) -> str:
    """ " (https://...)", or nothing where the words are the address, or there are none."""
    target, words = (target or "").strip(), words.strip()
    if not WEB.match(target) or not words or _bare(words) == _bare(target):
        return ""
    return f" ({target})"


def _bare(address: str) -> str:
    return WEB.sub("", address, count=1).removeprefix("www.").rstrip("/").casefold()
