"""The sentences of a passage that fit a question best, for an answer without a model."""

from ..knowledge import stems
from ..knowledge.split import sentences

MOST_CHARACTERS = 450


def excerpt(question: str, text: str) -> str:
    """One or more whole sentences in a row of `text`, as many as fit; a longer one is cut."""
    said = [" ".join(each.split()) for each in sentences(text)]
    said = [each for each in said if each]
    asked = _stems(question)
    fits = [len(asked & _stems(each)) for each in said]
    # Those around a sentence tell what it speaks of: half as much as itself.
    around = [
        fit + (sum(fits[max(0, place - 1) : place]) + sum(fits[place + 1 : place + 2])) / 2
        for place, fit in enumerate(fits)
    ]
    first = last = max(range(len(said)), key=lambda place: (around[place], fits[place], -place))
    while True:
        wider = [
            (start, end)
            for start, end in ((first, last + 1), (first - 1, last))
            if start >= 0
            and end < len(said)
            and len(" ".join(said[start : end + 1])) <= MOST_CHARACTERS
        ]
        if not wider:
            break
        first, last = max(wider, key=lambda each: sum(fits[each[0] : each[1] + 1]))
    found = " ".join(said[first : last + 1])
    if len(found) <= MOST_CHARACTERS:
        return found
    return found[:MOST_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _stems(text: str) -> set[str]:
    return {stem for term in stems.terms(text) for stem in stems.alternatives(term)}
