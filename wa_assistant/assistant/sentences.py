"""A passage as people read it: its sentences, and which of them go on from a heading or a question.

Passages keep marks of Markdown and of tables, which are none of what is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ..models.participant import folded

HEADING = re.compile(r"#{1,6}\s+")
ITEM = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")
RULE = re.compile(r"(?=.*(?:--|==|__|\*\*|\|))[\s|:=_*-]+")
END = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"”’)])\s+")
BETWEEN = " · "  # the cells of a row
LONGEST_TITLE = 100  # characters
LEAST_WRAPPED = 60  # characters of a line that was wrapped
# Folded; a letter by itself is one of them too. A sentence that ends in one is taken with the next.
_ABBREVIATIONS = """
dr dra drs sr sra srs srta prof profa eng adv pe av al rod pca trav est ap apto bl cj lt qd num nr
no obs ex pag pags art arts tel cel fax ltda cia jr min max aprox ref seg ter qua qui sex sab dom
jan fev mar abr mai jun jul ago set out nov dez mr mrs ms st ave rd vs dept inc approx ext
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
LAST_WORD = re.compile(r"(\w+)\.$")
LONGEST_LAST = 20  # characters: a longer word is no abbreviation


@dataclass
class Sentence:
    """`line` counts the passage's lines. `leads`: it is a heading, a question or ends in a colon;
    `after` is the place of such a one that it goes on from.
    """

    text: str
    line: int
    leads: bool
    after: int | None = None


def read(text: str) -> list[Sentence]:
    lines = list(_lines(text))
    found: list[Sentence] = []
    for number, line in enumerate(lines):
        title = _title(lines, number)
        for each in [title] if title else _sentences(line):
            found.append(Sentence(each, number, bool(title) or each.endswith(("?", ":"))))
    for lead in range(-1, len(found)):
        if lead < 0 or found[lead].leads:
            for place in goes_on(found, lead):
                found[place].after = lead
    return found


def goes_on(said: Sequence[Sentence], lead: int) -> Iterator[int]:
    """The places of what belongs to the one at `lead`: the rest of its line, else the next one;
    where it is no question, a list that follows too, and the lines of an address. -1 is the
    heading above the passage.
    """
    asks = lead >= 0 and said[lead].text.endswith("?")
    for place in range(lead + 1, len(said)):
        step = said[place].line - said[place - 1].line if place > lead + 1 else 0
        follows = _is_item(said[place].text) or not _ends(said[place - 1].text)
        if said[place].leads or (step and (asks or step > 1 or not follows)):
            return
        yield place


def _lines(text: str) -> Iterator[str]:
    """Without rules; a table's rows each with the names of its columns."""
    lines = _unwrapped([" ".join(line.split()) for line in text.split("\n")])
    columns: list[str] = []
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        cells = [each.strip() for each in line.strip("|").split("|")] if "|" in line else []
        if RULE.fullmatch(line):
            continue
        if cells and RULE.fullmatch(following):
            columns = cells
        elif cells and len(cells) == len(columns):
            named = zip(columns, cells, strict=True)
            yield BETWEEN.join(f"{name}: {cell}" if name else cell for name, cell in named if cell)
        elif cells:
            yield BETWEEN.join(filter(None, cells))
        else:
            columns = []
            yield line


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """What goes on in the next line only for want of room is one line."""
    found: list[str] = []
    for line in lines:
        before = found[-1] if found else ""
        is_row = any(mark in each for mark in ("|", BETWEEN) for each in (before, line))
        is_long = len(before) >= LEAST_WRAPPED
        ends = before.endswith((*".!?…:;",)) or not line or bool(ITEM.match(line))
        if is_long and not ends and not is_row and not HEADING.match(line):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _title(lines: Sequence[str], number: int) -> str | None:
    """The words of a heading, which has a mark, or an empty line above and words below it."""
    line = lines[number]
    if HEADING.match(line):
        return HEADING.sub("", line, count=1)
    stands_apart = number > 0 and not lines[number - 1] and any(lines[number + 1 : number + 2])
    is_short = 0 < len(line) <= LONGEST_TITLE and not line.endswith((*".!?…:;,",))
    is_fact = ITEM.match(line) or ": " in line or BETWEEN in line
    return line if stands_apart and is_short and not is_fact else None


def _sentences(line: str) -> list[str]:
    if BETWEEN in line:  # a row says nothing without the names in it
        return [line]
    found: list[list[str]] = []
    for part in filter(None, END.split(line)):
        if found and (part[:1].islower() or is_abbreviated(found[-1][-1])):
            found[-1].append(part)
        else:
            found.append([part])
    return [" ".join(parts) for parts in found]


def is_abbreviated(sentence: str) -> bool:
    last = LAST_WORD.search(sentence[-LONGEST_LAST:])
    return last is not None and (
        (len(last[1]) == 1 and last[1].isalpha()) or folded(last[1]) in ABBREVIATIONS
    )


def _is_item(sentence: str) -> bool:
    return bool(ITEM.match(sentence)) or not _ends(sentence)


def _ends(sentence: str) -> bool:
    return sentence.endswith((*".!?…",))
