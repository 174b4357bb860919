"""The phrases by which people stop, agree, refuse, ask for a person or are polite. Only data.

Phrases are written without case, accents, apostrophes and punctuation, and with every word whole:
"voce", not "vc", because shortened.py is applied to a message before it is compared. Each way to
say a thing is a grammar of a few parts, `each("quero / desejo", "sair", "- / agora")`; "-" leaves
a part out. A set below is what `matcher.Meaning` of the same name means; no phrase is in two.
"""

from .agreeing import BEGIN, DOUBT, FINE, NO, ONLY_ENGLISH, YES
from .courtesy import GREETING, PLEASE, THANKS, WELL
from .maybe_stopping import MAYBE_STOP
from .people import NOUNS, PERSON, SOMEBODY
from .returning import RETURN
from .shortened import WHOLE
from .stopping import STOP

__all__ = [
    "BEGIN",
    "DOUBT",
    "FINE",
    "GREETING",
    "MAYBE_STOP",
    "NO",
    "NOUNS",
    "ONLY_ENGLISH",
    "PERSON",
    "PLEASE",
    "RETURN",
    "SOMEBODY",
    "STOP",
    "THANKS",
    "WELL",
    "WHOLE",
    "YES",
]
