"""What was answered to a question, as bars that have their numbers beside them."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from flask_babel import format_decimal
from flask_babel import gettext as _

from ...journey.together import Summary
from ...models.answer import Kind

MOST_APART = 8  # numbers that have a bar each; of more, each bar is of several
BINS = 6
WIDTH = 100  # of the longest bar there may be


class Bar(NamedTuple):
    """`value`: what a filter asks for to have just these; None where it is of several."""

    words: str
    number: int
    share: int  # percent of those who answered
    value: str | None


def bars(summary: Summary) -> list[Bar]:
    """None of a text or a date, of which each is another."""
    question, values = summary.column.question, summary.values
    if question.kind == Kind.NUMBER:
        return _of_numbers(summary)
    if question.kind == Kind.YES_NO:
        words = {"yes": str(_("Yes")), "no": str(_("No"))}
        return [_bar(words.get(each, each), values[each], summary.number, each) for each in words]
    if question.kind == Kind.CHOICE:
        gone = [each for each in values if each not in question.options]
        named = (*question.options, *gone)
        return [_bar(each, values[each], summary.number, each) for each in named]
    return []


def _of_numbers(summary: Summary) -> list[Bar]:
    numbers = summary.numbers()
    if len(numbers) <= MOST_APART:
        return [
            _bar(str(format_decimal(number)), times, summary.number, f"{number}")
            for number, times in numbers
        ]
    least, most = numbers[0][0], numbers[-1][0]
    width = _width(most - least)
    first = least // width * width
    first -= width if first > least else 0  # of what is negative
    bins: Counter[int] = Counter()
    for number, times in numbers:
        bins[int((number - first) // width)] += times
    return [_bin(first, width, place, bins, summary.number) for place in range(max(bins) + 1)]


def _width(span: Decimal) -> Decimal:
    """Of a bar: the round number by which BINS of them, or a few more, span all."""
    exact = span / BINS
    power = Decimal(10) ** exact.adjusted()
    steps: Sequence[Decimal] = [power * each for each in (1, 2, 5, 10)]
    return next(each for each in steps if each >= exact)


def _bin(first: Decimal, width: Decimal, place: int, bins: "Counter[int]", of: int) -> Bar:
    low = first + width * place
    ends = {"low": format_decimal(low), "high": format_decimal(low + width)}
    return _bar(str(_("%(low)s to under %(high)s", **ends)), bins[place], of, None)


def _bar(words: str, number: int, of: int, value: str | None) -> Bar:
    return Bar(words, number, round(WIDTH * number / of) if of else 0, value)
