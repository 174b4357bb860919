"""What people say around a question: it is not asked after, and no document need hold it."""

import re

from ..models.folding import folded
from . import stems

# Folded. Those of the second list can be what is asked after ("abrem de noite?").
_ALWAYS = """
oi oie oii ola opa alo obrigado obrigada obg brigado brigada valeu vlw grato grata agradeco ok okay
blz beleza tchau abraco abracos prezado prezada prezados
hi hello hey thanks thank bye
"""
_ALONE = """
bom boa dia tarde noite tudo bem certo perfeito otimo combinado entendi legal show gentileza
good morning afternoon evening night yes fine great perfect
"""
ALWAYS = frozenset(_ALWAYS.split())
ALONE = ALWAYS | frozenset(_ALONE.split())
PHRASES = re.compile(
    r"\b(?:bom dia|boa tarde|boa noite|tudo (?:bem|bom|certo|joia)|por gentileza|"
    r"good (?:morning|afternoon|evening|night))\b"
)


def left_out(question: str) -> str:
    """`question` without them; as it is where it says nothing else."""
    words = PHRASES.sub(" ", folded(question)).split()
    rest = " ".join(word for word in words if word.strip(".,;:!?") not in ALWAYS)
    return rest if stems.terms(rest) else question


def only(text: str) -> bool:
    """Whether a greeting or thanks is all that is said: nothing is asked."""
    return all(stems.alternatives(term)[0] in ALONE for term in stems.terms(text))
