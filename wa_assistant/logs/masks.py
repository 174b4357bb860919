"""What no line may hold, and stands in it masked: numbers, ids of people, tokens."""

import re
from collections.abc import Iterable

MASK = "•••"
LEAST_SECRET = 8  # characters: what is shorter would be masked wherever it stands by chance
NUMBERS = re.compile(
    r"(?<![\w.])"
    r"(?:\+\d(?:[ ().-]{0,2}\d){6,15}|\d{10,15}|\(?\d{2}\)? ?9?\d{4}-\d{4})"
    r"(?!\w)"
)
# A user's id at WhatsApp, which stands where a number would.
IDS = re.compile(r"(?<!\w)[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{6,}(?!\w)")
TOKENS = re.compile(
    r"(?<!\w)(?:sk-[\w-]{8,}|gh[opsu]_\w{8,}|(?:Bearer|Basic) \S+)"
    r"|(?<=/sign-in/)[\w.-]{8,}|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
_secrets: set[str] = set()


def hide(secrets: Iterable[str | None]) -> None:
    """From here on, these are masked wherever they stand."""
    _secrets.update(each for each in secrets if each and len(each) >= LEAST_SECRET)


def masked(words: str) -> str:
    """`words` with the last two digits of each number, and nothing of an id or a token."""
    for secret in _secrets:
        words = words.replace(secret, MASK)
    words = TOKENS.sub(MASK, words)
    words = IDS.sub(MASK, words)
    return NUMBERS.sub(lambda found: f"{MASK}{found[0][-2:]}", words)
