"""Addresses that are written so that no filter knows them, and people all the same: made plain.

"www . site . com", "site[.]com", "h t t p s : / / site.com", "hxxp://", "nome arroba site ponto
com". What comes of it is looked at like any other link; a known one can then be opened, too.
"""

import re
from collections.abc import Callable

GAP = r"[^\S\n]{0,3}"
LABEL = r"(?:[^\W_]|-){1,63}"
DOT = "[.。．｡]"
SCHEME = re.compile(
    rf"(?<!\w)h{GAP}[tx]{GAP}[tx]{GAP}p{GAP}s?{GAP}:{GAP}/{GAP}/{GAP}(?=[\w\[])", re.IGNORECASE
)
WWW = re.compile(rf"(?<!\w)w{GAP}w{GAP}w{GAP}{DOT}{GAP}(?=\w)", re.IGNORECASE)
OPEN, CLOSE = rf"(?<=\w){GAP}[\[({{]{GAP}", rf"{GAP}[\])}}]{GAP}(?=\w)"
BRACKETS = (
    (re.compile(rf"{OPEN}(?:{DOT}|dot|ponto|punto){CLOSE}", re.IGNORECASE), "."),
    (re.compile(rf"{OPEN}(?:@|at|arroba){CLOSE}", re.IGNORECASE), "@"),
)
# "em ponto com a chave" is no address: the words for the dot count after an "arroba" or a "www".
SPOKEN_AT = re.compile(rf"(?<=\w)\sarroba\s(?={LABEL}\s(?:ponto|punto)\s)", re.IGNORECASE)
SPOKEN = re.compile(
    rf"(?:(?<=@)|(?<=www\.)|(?<=www\s)){LABEL}(?:\s(?:ponto|dot|punto)\s{LABEL})+"
    rf"|\bwww(?:\s(?:ponto|dot|punto)\s{LABEL})+|{LABEL}\sponto\scom\sponto\sbr\b",
    re.IGNORECASE,
)
SPOKEN_DOT = re.compile(r"\s(?:ponto|dot|punto)\s", re.IGNORECASE)
SPACED = re.compile(
    rf"(?P<lead>www\.|https?://)?(?P<first>{LABEL})(?P<rest>(?:{GAP}{DOT}{GAP}{LABEL})+)",
    re.IGNORECASE,
)
PART = re.compile(rf"(?P<before>{GAP}){DOT}(?P<after>{GAP})(?P<label>{LABEL})")
# "domínios .com", "o framework .NET": the ending is what is spoken of.
OF_ENDINGS = re.compile(
    r"(?:domínios?|domains?|dominios?|sites?|extens\w+|final|termina\w*|arquivos?|formatos?|em|de|"
    r"e|ou|o|os|um|com|no|do|para|por|framework|the|and|or|of|a)",
    re.IGNORECASE,
)


def plain(text: str, is_top: Callable[[str], bool]) -> str:
    """`text` with its addresses as a browser would want them; `is_top` knows top-level domains."""
    text = SCHEME.sub(_scheme, text)
    text = WWW.sub("www.", text)
    for pattern, sign in BRACKETS:
        text = pattern.sub(sign, text)
    text = SPOKEN_AT.sub("@", text)
    text = SPOKEN.sub(lambda found: SPOKEN_DOT.sub(".", found.group()), text)
    return SPACED.sub(lambda found: _joined(found, is_top), text)


def _scheme(found: re.Match[str]) -> str:
    return re.sub(r"\s", "", found.group()).replace("x", "t").replace("X", "T")


def _joined(found: re.Match[str], is_top: Callable[[str], bool]) -> str:
    """What belongs together of words between dots, without the spaces there."""
    led = found["lead"] is not None
    last, words = found["first"], [found["lead"] or "", found["first"]]
    for part in PART.finditer(found["rest"]):
        label, before, after = part["label"], part["before"], part["after"]
        if not before and not after:
            joins = True
        elif led:
            joins = (bool(before) and is_top(label)) or not after or not is_top(last)
        else:
            small = label.islower() and is_top(label)
            apart = bool(before) and (bool(after) or not OF_ENDINGS.fullmatch(last))
            joins = small and apart
        words.append(f".{label}" if joins else part.group())
        last = label
    return "".join(words)
