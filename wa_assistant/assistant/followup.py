"""Questions that go on from the one before: "e aos sábados?" says little alone."""

import re
from collections.abc import Iterable

from ..understanding import stems
from .retrieval import Retrieval, find

ALSO = re.compile(r"\W*(?:e|and)\s+(?!a[ií]\b)", re.I)  # "e aí?" asks nothing


def goes_on(question: str) -> bool:
    """Whether it begins with "and", or asks with one word that says anything."""
    is_short = "?" in question and len(stems.terms(question)) == 1
    return is_short or ALSO.match(question) is not None


def whole(said: Iterable[str]) -> str:
    """The last question that does not begin with "and"; "" for none. `said`: newest first.

    Without a question mark it is one if it says more than a word.
    """
    return next((each for each in said if not ALSO.match(each) and _asks(each)), "")


def look_for(question: str, before: str) -> tuple[str, Retrieval | None]:
    """The query that was looked up, and what may be answered from for it.

    That is `question` after the one `before` it, where it goes on from that. Where what is found so
    has nothing of it, it has begun with something else, and is looked up by itself.
    """
    if before and goes_on(question):
        together = f"{before}\n{question}"
        found = find(together)
        if found is None or _speaks_of(found, question):
            return together, found
    return question, find(question)


def _asks(said: str) -> bool:
    return len(stems.terms(said)) > (0 if "?" in said else 1)


def _speaks_of(found: Retrieval, question: str) -> bool:
    """Whether the best passage is about `question`; what was found by meaning is."""
    if not found.passages:
        return False
    best = found.passages[0]
    sought = [set(stems.alternatives(term)) for term in stems.terms(question)]
    told = stems.terms(f"{best.heading}\n{best.text}")
    held = {form for term in told for form in stems.alternatives(term)}
    return best.similarity is not None or not sought or any(held & each for each in sought)
