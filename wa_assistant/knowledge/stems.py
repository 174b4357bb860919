"""Words as the knowledge base compares them: without case, accents and endings, in Portuguese
and in English at once.

A text's language is not asked for: a question of five words does not tell. Each word stands for
its form and its stems in both languages, and is found by any of them.
"""

import re
import threading
from functools import lru_cache

import Stemmer

from ..models.folding import folded

WORD = re.compile(r"[^\W_]+")
LONGEST = 40  # characters; what is longer is no word
# "1.500" and "1,500" are 1500.
THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
# People leave out accents, by which the stemmer knows an ending; and it knows no plural of "ão".
ENDINGS = (
    (re.compile(r"c(ao|oes)$"), "ção"),
    (re.compile(r"(oes|aes)$"), "ão"),
    (re.compile(r"encia(s?)$"), r"ência\1"),
    (re.compile(r"ancia(s?)$"), r"ância\1"),
    (re.compile(r"ave(l|is)$"), "ável"),
    (re.compile(r"ive(l|is)$"), "ível"),
)
# Words that say nothing of what is asked after, folded.
_STOPPED = """
a ao aos as o os um uma uns umas de do da dos das em no na nos nas num numa por pelo pela pelos
pelas para pra pro com sem sob sobre entre ate e ou mas nem que se como quando onde aonde qual
quais quem quanto quanta quantos quantas porque pois eh sao foi foram era eram ser sendo sido
esta estao estava estou ha tem tenho temos tinha ter seu sua seus suas meu minha meus minhas
nosso nossa este estas estes esse essa esses essas isto isso aquele aquela aquilo ele ela eles
elas eu tu voce voces vcs me te lhe lhes ja nao sim tambem mais muito la ai ali aqui
gostaria queria quero saber posso pode podem favor
an the of to in on at by for with from and or but if is are was were be been being it its this
that these those what which who whom whose how when where why does did has have had i you we
they he she my your our their his her not can could would should will there please about
"""
STOP_WORDS = frozenset(_STOPPED.split())

_portuguese, _english = Stemmer.Stemmer("portuguese"), Stemmer.Stemmer("english")
_lock = threading.Lock()  # a stemmer is one thread's at a time


def terms(text: str) -> list[str]:
    """The words of `text` in order, each as "form|stem|stem" of what differs, no stop words."""
    words = WORD.findall(THOUSANDS.sub("", folded(text)))
    return [_term(word[:LONGEST]) for word in words if word not in STOP_WORDS]


def alternatives(term: str) -> list[str]:
    """The form of a term and its stems."""
    return term.split("|")


@lru_cache(maxsize=50_000)
def _term(word: str) -> str:
    with _lock:
        portuguese = folded(_portuguese.stemWord(_accented(word)))
        english = _english.stemWord(word)
    return "|".join(dict.fromkeys((word, portuguese, english)))


def _accented(word: str) -> str:
    for ending, restored in ENDINGS:
        if ending.search(word):
            return ending.sub(restored, word)
    return word
