"""The words by which people agree, refuse, stop, return or ask for a person. A set, not a model.

Phrases are written without case, accents, apostrophes and punctuation, and with every word whole:
`short.py` unfolds what people shorten before `phrases.py` compares. Each way to say a thing is a
grammar of a few parts, `each("quero / desejo", "sair", "- / agora")`; "-" leaves a part out.
"""

from .agreeing import BEGIN, DOUBT, FINE, NO, ONLY_ENGLISH, YES
from .courtesy import GREETING, PLEASE, THANKS, WELL
from .leaving import ASK, RETURN
from .people import NOUNS, PERSON, SOMEBODY
from .short import WHOLE
from .stopping import STOP

__all__ = [
    "ASK",
    "BEGIN",
    "DOUBT",
    "FINE",
    "GREETING",
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
