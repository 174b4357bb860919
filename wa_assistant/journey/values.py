"""Makes a participant's words the value of an answer, where they fit its kind.

A value is kept as text, in one way of writing: 1234.5, yes, no, 2026-12-05, the option as the
journey has it.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from ..models.answer import Kind
from ..models.participant import folded
from ..understanding.grammar import anywhere
from ..understanding.matcher import words_of
from ..understanding.vocabulary import courtesy
from ..understanding.vocabulary.answering import ANSWERS_NO, ANSWERS_YES, OPINION, PLAIN_WORDS
from ..understanding.vocabulary.signs import FRIENDLY
from .definition import Question
from .quotes import EMPTY

LONGEST_TEXT = 4000
LONGEST_NUMBER = 24  # characters
ENDS = re.compile(r"^[\s\"'“”«»(]+|[\s\"'“”«»).,;:!?…]+$")
COURTESY = anywhere(courtesy.BESIDE_A_YES_OR_NO)
NUMBER = re.compile(r"([+−-]?)(?:R\$|US\$|\$|€)?\s*([\d.,\s’']*\d)\s*(?:%|anos?|years?|reais)?")
GROUPED = re.compile(r"[1-9]\d{0,2}([.,\s’'])\d{3}(?:\1\d{3})*")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
IN_WORDS = re.compile(
    r"(?:dia )?(\d{1,2})[ºo°]?(?:st|nd|rd|th)?(?: de| of)? ([a-z]+),?(?: de)? (\d{4})"
)
MONTH_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
OPTION_NUMBER = re.compile(
    r"(?:a )?(?:opcao|option|numero|number|n[ºo°]?\.?|#)?\s*(\d{1,2})\s*[).\-–ªº]?"
)
# What may stand beside an option and leaves it as it is.
UNSAID = anywhere(OPINION | courtesy.BESIDE_AN_OPTION)
BESIDE = FRIENDLY | PLAIN_WORDS
MONTHS = (
    ("janeiro", "january"), ("fevereiro", "february"), ("marco", "march"),
    ("abril", "april"), ("maio", "may"), ("junho", "june"),
    ("julho", "july"), ("agosto", "august"), ("setembro", "september"),
    ("outubro", "october"), ("novembro", "november"), ("dezembro", "december"),
)  # fmt: skip


def fitting(question: Question, text: str) -> str | None:
    """`text` as a value of the question's kind; None where it is none."""
    said = text.replace("\x00", "").strip()  # which Postgres cannot store
    return _READ[question.kind](question, said) if said else None


def _text(_: Question, said: str) -> str | None:
    return said if len(said) <= LONGEST_TEXT else None


def _number(_: Question, said: str) -> str | None:
    """1.234,5 is Brazilian and 1,234.5 English: the last mark of two kinds is the decimal one.

    A single mark before three digits groups thousands, as it does in either language.
    """
    found = NUMBER.fullmatch(_bare(said))
    if found is None or len(said) > LONGEST_NUMBER:
        return None
    sign, digits = found[1], found[2]
    if grouped := GROUPED.fullmatch(digits):
        whole, fraction = digits.replace(grouped[1], ""), ""
    else:
        whole, _mark, fraction = _split(digits)
        if not re.fullmatch(r"\d{1,3}(?:([.,\s’'])\d{3}(?:\1\d{3})*)?|\d+", whole):
            return None
        whole = re.sub(r"\D", "", whole)
    number = Decimal(f"{whole}.{fraction or 0}")
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return f"-{written}" if sign in "-−" and sign and number else written


def _choice(question: Question, said: str) -> str | None:
    """By its words, whatever their case and accents, also within a short sentence that names no
    other, or by its number in the list."""
    wanted = _plain(said)
    named = [each for each in question.options if _plain(each) == wanted]
    if named:
        return named[0]
    number = OPTION_NUMBER.fullmatch(wanted)
    if number and 0 < int(number[1]) <= len(question.options):
        return question.options[int(number[1]) - 1]
    return _named_in(question, said)


def _named_in(question: Question, said: str) -> str | None:
    """The one option whose words stand in `said` beside such as change nothing: "estou
    crescendo", but not "não estou" nor "queria estar"."""
    rest, named = f" {' '.join(words_of(said))} ", []
    # The longest first: "mudando de área" is no "mudando".
    for option in sorted(question.options, key=len, reverse=True):
        wanted = words_of(option)
        if not EMPTY.issuperset(wanted) and (whole := f" {' '.join(wanted)} ") in rest:
            named.append(option)
            rest = rest.replace(whole, " | ")
    if len(named) != 1 or "?" in said:
        return None
    beside = set(UNSAID.sub(" ", rest.replace("|", " ")).split())
    place = str(question.options.index(named[0]) + 1)
    return named[0] if beside <= BESIDE | {place} else None


def _yes_or_no(_: Question, said: str) -> str | None:
    """By the whole of what was said: "sim, mas ..." says something else besides."""
    wanted = re.sub(r"\s*,\s*", " ", " ".join(COURTESY.sub(" ", _plain(said)).split()))
    wanted = _bare(wanted)
    if wanted in ANSWERS_YES:
        return "yes"
    return "no" if wanted in ANSWERS_NO else None


def _date(_: Question, said: str) -> str | None:
    """The day stands before the month, as in Brazil, unless the year comes first."""
    wanted = _plain(said)
    if found := ISO.fullmatch(wanted):
        year, month, day = (int(each) for each in found.groups())
    elif found := DAY_FIRST.fullmatch(wanted):
        day, month, year = (int(each) for each in found.groups())
        year += 2000 if year < 100 else 0
    elif found := IN_WORDS.fullmatch(wanted):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif found := MONTH_FIRST.fullmatch(wanted):
        month, day, year = _month(found[1]), int(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # the 31st of a month that has none
        return None


def _month(word: str) -> int:
    """1 to 12 by its name or the first three letters of it; 0 where it is none."""
    for number, names in enumerate(MONTHS, 1):
        if any(word == name or (len(word) == 3 and name.startswith(word)) for name in names):
            return number
    return 0


def _split(digits: str) -> tuple[str, str, str]:
    """The whole part, the decimal mark and the fraction."""
    at = max(digits.rfind("."), digits.rfind(","))
    return (digits, "", "") if at < 0 else (digits[:at], digits[at], digits[at + 1 :])


def _plain(said: str) -> str:
    return _bare(folded(said))


def _bare(said: str) -> str:
    return ENDS.sub("", said)


_READ: dict[Kind, Callable[[Question, str], str | None]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_or_no,
    Kind.DATE: _date,
}
