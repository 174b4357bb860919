"""Where a participant said what an answer rests on: whole words in a row, and nothing less.

Case, accents and punctuation count for nothing, so that a quote is found however its marks were
written. What was sent in one go, and answered together, may be quoted as one.
"""

from collections.abc import Sequence
from itertools import groupby

from ..models import Message
from ..understanding.matcher import words_of

# Words that say nothing by themselves, folded. "Sim", "não" and "no" do.
_EMPTY = """
a o as os um uma uns umas ao aos de do da dos das em na nos nas por pelo pela para pra pro com
e ou mas que se como eu me te voce voces ele ela isso isto esse essa este esta eh
an the of to in on at by for with from and or but if i you he she it this that is as
"""
EMPTY = frozenset(_EMPTY.split())


def where_said(quote: str, said: Sequence[Message]) -> Message | None:
    """The newest of `said`, oldest first, that holds `quote`; the last one of several sent in
    one go that hold it together; None where nobody said it."""
    wanted = words_of(quote)
    if not wanted:
        return None
    for message in reversed(said):
        if holds(words_of(spoken(message)), wanted):
            return message
    for together in reversed(_sent_in_one_go(said)):
        if holds(words_of("\n".join(map(spoken, together))), wanted):
            return together[-1]
    return None


def rests_on(value: str, quote: str) -> bool:
    """Whether `quote` says anything that `value` could be read from."""
    said = words_of(quote)
    return holds(said, words_of(value)) or not EMPTY.issuperset(said)


def spoken(message: Message) -> str:
    """A participant's words, written or spoken."""
    return "\n".join([message.body, *(file.transcript or "" for file in message.files)])


def holds(said: list[str], wanted: list[str]) -> bool:
    """Whether `wanted` stand in `said`, in a row."""
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(said)} "


def _sent_in_one_go(said: Sequence[Message]) -> list[list[Message]]:
    """Those of `said` that one message answered."""
    bursts = groupby(said, key=lambda message: message.answered_by_id or -message.id)
    return [list(burst) for _, burst in bursts]
