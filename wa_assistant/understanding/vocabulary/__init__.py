"""The phrases by which people stop, agree, refuse, ask for a person or are polite. Only data.

Phrases are written without case, accents, apostrophes and punctuation, and with every word whole:
"voce", not "vc", because shortened.py is applied to a message before it is compared. Each way to
say a thing is a grammar of a few parts, `each("quero / desejo", "sair", "- / agora")`; "-" leaves
a part out. A set below is what `matcher.Meaning` of the same name means; no phrase is in two.
"""

from .agreeing import BEGIN, DOUBT, FINE, NO, ONLY_ENGLISH, YES
from .courtesy import GREETING, PLEASE, THANKS, WELL
from .emphasis import EMPHASIS
from .maybe_stopping import MAYBE_STOP
from .offers import ACCEPT_OFFERS, REFUSE_OFFERS
from .people import NOUNS, PERSON, SOMEBODY, TALK, WISH
from .replying import DEMUR, GO_ON, LIKING, NOD
from .returning import CHANGED, RETURN
from .shortened import WHOLE
from .stopping import OF_WHAT, STOP

__all__ = [
    "ACCEPT_OFFERS",
    "BEGIN",
    "CHANGED",
    "DEMUR",
    "DOUBT",
    "EMPHASIS",
    "FINE",
    "GO_ON",
    "GREETING",
    "LIKING",
    "MAYBE_STOP",
    "NO",
    "NOD",
    "NOUNS",
    "OF_WHAT",
    "ONLY_ENGLISH",
    "PERSON",
    "PLEASE",
    "REFUSE_OFFERS",
    "RETURN",
    "SOMEBODY",
    "STOP",
    "TALK",
    "THANKS",
    "WELL",
    "WHOLE",
    "WISH",
    "YES",
]
