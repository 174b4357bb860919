"""Greetings and thanks in what is looked up in the documents: no document need hold them.

Words are compared as they are typed, folded, and in the forms that people shorten them to.
"""

from ..models.participant import folded
from . import stems
from .grammar import anywhere, words_of
from .vocabulary import WHOLE, courtesy

ALWAYS = courtesy.NEVER_LOOKED_UP | {
    short for short, whole in WHOLE.items() if whole in courtesy.NEVER_LOOKED_UP
}
PHRASES = anywhere(courtesy.NEVER_LOOKED_UP_WHOLE)
# Words that may be looked up ("abrem de noite?"), but not where there are no others.
ALONE = ALWAYS | words_of(courtesy.NOT_LOOKED_UP_ALONE)


def left_out(question: str) -> str:
    """`question` without courtesies; as it is where it says nothing else."""
    words = PHRASES.sub(" ", folded(question)).split()
    rest = " ".join(word for word in words if word.strip(".,;:!?") not in ALWAYS)
    return rest if stems.terms(rest) else question


def only(text: str) -> bool:
    """Whether a greeting or thanks is all that is said: nothing is asked.

    By its words in any order, unlike a command: words that say nothing to a search count for
    nothing here either.
    """
    return all(stems.alternatives(term)[0] in ALONE for term in stems.terms(text))
