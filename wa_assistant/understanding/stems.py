"""Words as a search compares them: without case, accents and endings.

A text's language is not asked for, because a question of five words does not tell it. Each word
stands for its form and its stems in Portuguese and in English, and is found by any of them. What
some write as one word and others as two ("e-mail", "18h") stands for both.
"""

import re
import threading
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from ..models.participant import folded

# To be raised with every change of what `terms` gives: passages are then laid out anew.
VERSION = 1
LONGEST = 40  # characters; what is longer is no word
SHORT = 2  # letters; a part of a word that has no more says nothing alone
LONGEST_ENDING = 9  # of a file's name
MOST_PARTS = 4  # of what may be one word; what has more is a list
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
PART = re.compile(r"\d+|[^\W\d_]+")  # "18h" are two
# "1.500" and "1,500" are 1500.
THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
# "(11) 98765-4321" is one number.
PHONE = re.compile(r"\(?\b(\d{2})\)?[ -]?(9?\d{4})[ -](\d{4})\b")
# People leave out accents, by which the stemmer knows an ending; and it knows no plural of "ão".
ENDINGS = (
    (re.compile(r"c(ao|oes)$"), "ção"),
    (re.compile(r"(ao|oes|(?<!m)aes)$"), "ão"),
    (re.compile(r"encia(s?)$"), r"ência\1"),
    (re.compile(r"ancia(s?)$"), r"ância\1"),
    (re.compile(r"ave(l|is)$"), "ável"),
    (re.compile(r"ive(l|is)$"), "ível"),
)
# What the stemmer does not bring together: plurals of words in "l", what is done and that it is
# done, and verbs so short that it leaves them whole.
OTHERS = (
    (re.compile(r"^(.{2,})eis$"), ("el", "il")),
    (re.compile(r"^(.{2,})ois$"), ("ol",)),
    (re.compile(r"^(.{3,})(?:[ai]mento|[ai]?cao|[ai]?coe)s?$"), ("",)),
    (re.compile(r"^([aeiou].{1,3}?)(?:[aei]r|[aei]mos|[ae]m|[aeo]|[aei]ndo|[ai]d[ao])$"), ("",)),
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
h hs hrs
"""
STOP_WORDS = frozenset(_STOPPED.split())
NONE: frozenset[str] = frozenset()

_portuguese, _english = Stemmer.Stemmer("portuguese"), Stemmer.Stemmer("english")
_lock = threading.Lock()  # a stemmer is one thread's at a time


def terms(text: str, left_out: frozenset[str] = STOP_WORDS) -> list[str]:
    """The words of `text` in order, without those that are `left_out`.

    Each is a term: its form and those of its stems that differ from it, as "form|stem|stem".
    """
    plain = PHONE.sub(r" \1-\2-\3 ", THOUSANDS.sub("", folded(text)))
    return [term for word in WORD.findall(plain) for term in _terms(word, left_out)]


def of_name(document: str) -> str:
    """The name of a document without its ending (".pdf"), which is no word of it."""
    name, _, ending = document.rpartition(".")
    return name if name and len(ending) <= LONGEST_ENDING else document


def alternatives(term: str) -> list[str]:
    """The form of a term, and then its stems."""
    return term.split("|")


def _terms(word: str, left_out: frozenset[str]) -> Iterable[str]:
    """The terms of a word; where it may be one word or several, the first stands for both ways."""
    parts = PART.findall(word)
    if len(parts) == 1 or len(parts) > MOST_PARTS:
        return [_term(each[:LONGEST]) for each in word.split("-") if each not in left_out]
    return _compound("".join(parts)[:LONGEST], tuple(parts), left_out)


def _compound(whole: str, parts: tuple[str, ...], left_out: frozenset[str]) -> list[str]:
    spelled = [each for each in parts if each not in left_out]
    if whole.isalpha():  # "wi-fi", "e-mail", "envia-lo"
        spelled = [each for each in spelled if len(each) > SHORT] or [max(parts, key=len)]
    first, *others = (_term(each[:LONGEST]) for each in spelled or parts[:1])
    # A term begins as the word does: by that most are told apart from what is asked after.
    both = (first, whole) if whole.startswith(first.split("|")[0]) else (whole, first)
    return ["|".join(both), *others]


@lru_cache(maxsize=50_000)
def _term(word: str) -> str:
    with _lock:
        portuguese = folded(_portuguese.stemWord(_accented(word)))
        english = _english.stemWord(word)
    return "|".join(dict.fromkeys((word, portuguese, english, *_others(word))))


def _accented(word: str) -> str:
    for ending, restored in ENDINGS:
        if ending.search(word):
            return ending.sub(restored, word)
    return word


def _others(word: str) -> list[str]:
    found = ((pattern.match(word), endings) for pattern, endings in OTHERS)
    return [match[1] + ending for match, endings in found if match for ending in endings]
