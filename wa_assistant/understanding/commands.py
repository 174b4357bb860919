"""What a participant asks for by the whole of a message: stop, come back, a person please.

The message is split at its punctuation, and each part must be made of known phrases of one
meaning, and courtesy. Who writes anything else is heard by the assistant: nobody leaves by
mistake.
"""

from enum import StrEnum

from . import normalise, vocabulary
from .matcher import COURTESY, Meaning, is_asked, read, together


class Command(StrEnum):
    STOP = "stop"
    RETURN = "return"  # for a participant who has stopped; for others a message like any
    PERSON = "person"
    ASK_WHETHER_TO_STOP = "ask whether to stop"


IN_PASSING = COURTESY | {Meaning.WELL, Meaning.YES, Meaning.FINE}  # beside a wish
STOPPING = {Meaning.STOP, Meaning.MAYBE_STOP}


def command(text: str) -> Command | None:
    """What the whole of `text` asks for, in whatever journey; None where it is a message.

    A question whether one can stop, and a word that could as well be about an order, are
    ASK_WHETHER_TO_STOP: stopping is never guessed.
    """
    parts = read(text)
    meant = together(parts)
    wish = meant - IN_PASSING - {Meaning.NO, Meaning.BEGIN}
    asked = is_asked(parts, IN_PASSING)
    wishes = [part.meanings - IN_PASSING for part in parts]
    if not wish or Meaning.DOUBT in wish or any(_contradicts(each) for each in wishes):
        return None
    if Meaning.PERSON in wish or (Meaning.SOMEBODY in wish and Meaning.PLEASE in meant):
        return None if asked and _asks_what_we_are(text) else Command.PERSON
    if wish == {Meaning.RETURN}:
        return None if asked or Meaning.NO in meant else Command.RETURN
    if not wish <= STOPPING:
        return None
    # "Não quero mais" is asked about, and so is "não quero mais parar".
    sure = {Meaning.STOP} in wishes and STOPPING not in wishes and not asked
    return Command.STOP if sure else Command.ASK_WHETHER_TO_STOP


def _contradicts(wishes: frozenset[Meaning]) -> bool:
    """Whether a part takes back what it asks for, or tells of it: "não pare", "vamos sair".

    In a part of its own a no does not: "não, pare".
    """
    return len(wishes) > 1 and wishes != STOPPING


def _asks_what_we_are(text: str) -> bool:
    """Whether a part of `text`, which asks, is "humano" alone, or a word like it."""
    alike = {normalise.squeezed(phrase) for phrase in vocabulary.NOUNS}
    return any(" ".join(said) in alike for said, _ in normalise.parts(text))
