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
    SCALES,
)

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|/|[.,;:!?…\n]")


def only_one(text: str) -> str | None:
    """The number as it is written in figures; None where there is another, or what stands beside
    it may change it: "não dou dez"."""
    said = _without_scale(_in_figures(TOKEN.findall(folded(text))))
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


def _without_scale(tokens: list[str]) -> list[str]:
    """ "9/10", "nove de dez" and "9 out of 10" say 9."""
    for at, each in enumerate(tokens[:-2]):
        between = next(
            (
                n
                for n in (1, 2)
                if set(tokens[at + 1 : at + 1 + n]) <= OUT_OF
                and tokens[at + 1 + n : at + 2 + n] != []
                and tokens[at + 1 + n] in SCALES
            ),
            0,
        )
        if each[0].isdigit() and between:
            return tokens[: at + 1] + tokens[at + 2 + between :]
    return tokens
