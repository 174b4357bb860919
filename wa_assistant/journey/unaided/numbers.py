"""The one number that somebody names: "nota dez, mas ...", "10/10", "uns 5 anos"."""

import re

from ...models.participant import folded
from ...understanding.vocabulary.counting import (
    AND,
    ARTICLES,
    BESIDE_A_NUMBER,
    GOES_ON,
    NUMBERS,
    OUT_OF,
)

# "9/10", "nove de dez" and "9 out of 10" say 9.
OUT_OF_SCALE = re.compile(rf"(\d\S*)(?: (?:{OUT_OF}))+ (?:5|10|100)\b")
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|/|[.,;:!?…]")


def only_one(text: str) -> str | None:
    """The number as it is written in figures; None where there is another, or what stands beside
    it may change it: "não dou dez"."""
    figures = " ".join(_in_figures(TOKEN.findall(folded(text.replace("\n", ".")))))
    said = OUT_OF_SCALE.sub(r"\1", figures).split()
    places = [at for at, each in enumerate(said) if each[0].isdigit()]
    if len({said[at] for at in places}) != 1:
        return None
    before, after = said[: places[0]], said[places[-1] + 1 :]
    end = next((at for at, each in enumerate(after) if each in GOES_ON or not each.isalpha()), None)
    beside = [each for each in before + after[:end] if each.isalpha()]
    return said[places[0]] if set(beside) <= BESIDE_A_NUMBER else None


def _in_figures(tokens: list[str]) -> list[str]:
    """`tokens` with what is written out in figures; an article is a number only where there is no
    other."""
    counts = any(each[0].isdigit() or each in NUMBERS.keys() - ARTICLES for each in tokens)
    found: list[str] = []
    at = 0
    while at < len(tokens):
        number = NUMBERS.get(tokens[at])
        at += 1
        if number is None or (counts and tokens[at - 1] in ARTICLES):
            found.append(tokens[at - 1])
            continue
        joined = at + (tokens[at : at + 1] != [] and tokens[at] in AND)
        unit = NUMBERS.get(tokens[joined]) if joined < len(tokens) else None
        if number % 10 == 0 and 10 < number < 100 and unit is not None and 0 < unit < 10:
            number, at = number + unit, joined + 1
        found.append(str(number))
    return found
