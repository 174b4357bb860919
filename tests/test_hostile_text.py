"""What a stranger writes costs what its length is, whatever stands in it.

Time of the processor is counted, for most of the work is done inside of regular expressions; of
several attempts the quickest counts, and four times the text may take eight times as long: sixteen
is what a square would take.
"""

import time
from collections.abc import Callable
from functools import partial

import pytest

from wa_assistant.assistant import excerpt, formatting, loop_guard, offline, retrieval, sentences
from wa_assistant.conversation import outbox
from wa_assistant.models.participant import folded
from wa_assistant.understanding import commands, courtesies, matcher, questions, stems
from wa_assistant.web.shell import marks

SHORT, LONG = 2_500, 10_000
MOST = 8.0
SLIGHT = 0.003  # seconds of LONG, below which nobody waits
ATTEMPTS = 6

READERS: dict[str, Callable[[str], object]] = {
    "marked": marks.marked,
    "unmarked": marks.unmarked,
    "parts": outbox.parts,
    "for WhatsApp": formatting.for_whatsapp,
    "legible": formatting.is_legible,
    "sentences": sentences.read,
    "excerpt": partial(excerpt.excerpt, "quanto custa a aula?"),
    "excerpt of": lambda text: excerpt.excerpt(text, "A aula custa dez reais. É à noite."),
    "plain": loop_guard._plain,
    "whole": lambda text: retrieval.whole([text]),
    "goes on": retrieval.goes_on,
    "language": lambda text: offline.holding_sentence(text, "pt"),
    "folded": folded,
    "command": commands.command,
    "yes or no": commands.heard,
    "words": matcher.words_of,
    "spelt": matcher.spelt,
    "parts of speech": lambda text: list(matcher.parts_of(text)),
    "courtesies": courtesies.left_out,
    "only courtesy": courtesies.only,
    "questions": questions.parted,
    "begun": questions.begun,
    "terms": stems.terms,
}
REPEATED = (
    *("*_~a ", "_*~", "*a* ", "*a_ ", "a*a*a ", "**a ", "***a", "`", "`a ", "``` "),
    *(
        "(",
        "()",
        "[",
        "[a](",
        "![[",
        "](",
        "<",
        "{",
        "|a\n",
        "a|b\n-|-\n",
        "> ",
        "# ",
        "- a\n",
        "-\n",
    ),
    *(
        ".",
        ". ",
        "a.",
        "A.B ",
        "Sr. ",
        "? ",
        ", ",
        ": ",
        '"',
        "'",
        "-",
        "-.",
        "a-",
        "1",
        "1 ",
        "1. ",
    ),
    *("a", "a b ", "palavra ", "nao ", "sim, ", "\n", " \n", "\t", "a\n\n", "&amp;", "\\", "%20"),
    *(
        "http://a.b/",
        "https://",
        "www.",
        "a.com ",
        "a@",
        "a@b.c ",
        "mailto:",
        "1.2.3.4 ",
        "11 99999-",
    ),
    *("👩‍", "😀", "á", "。", "\u200b", "\u202e"),
)
FRAMED: dict[str, Callable[[int], str]] = {
    "brackets in brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "brackets in an address": lambda size: "http://a.b/" + "(" * (size // 2) + ")" * (size // 2),
    "a mark that is not closed": lambda size: "*" + "a " * (size // 2),
    "a mark that was not opened": lambda size: "a " * (size // 2) + "*",
    "a word and a sentence": lambda size: "a" * size + "! B",
    "two words far apart": lambda size: "a" + " " * size + "b",
    "a long name of a host": lambda size: "www." + "." * size,
    "a long name of a person": lambda size: "a" * size + "@",
}
TEXTS = FRAMED | {
    repr(each): lambda size, each=each: each * (size // len(each)) for each in REPEATED
}


def seconds(read: Callable[[str], object], text: str) -> float:
    began = time.thread_time()
    read(text)
    return time.thread_time() - began


def takes_a_square(read: Callable[[str], object], text: Callable[[int], str]) -> bool:
    short, long = text(SHORT), text(LONG)
    spent = least = float("inf")
    for _ in range(ATTEMPTS):
        least = min(least, seconds(read, long))
        spent = min(spent, seconds(read, short))
        if least < max(SLIGHT, MOST * spent):
            return False
    return True


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_four_times_the_text_takes_no_square(read: Callable[[str], object]) -> None:
    read("What is made once is made.")
    assert [name for name, text in TEXTS.items() if takes_a_square(read, text)] == []
