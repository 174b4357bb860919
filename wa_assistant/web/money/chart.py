"""A chart of a month's days, as the coordinates of an SVG: who does not see it has the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...money.costs import Day

WIDTH, HEIGHT = 720, 160  # in which the bars stand
LEAST_TOP = 100  # micro-dollars, so that a month of nothing has a scale
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Bar:
    """A day's: the models' part stands on the ground, that of the messages on top of it."""

    day: Day
    x: float
    width: float
    models: float
    messages: float

    @property
    def top(self) -> float:
        return HEIGHT - self.models - self.messages


@dataclass(frozen=True)
class Chart:
    """`ticks`: micro-dollars that a line is drawn for, and how far down that is."""

    bars: list[Bar]
    ticks: list[tuple[int, float]]
    width: int = WIDTH
    height: int = HEIGHT


def drawn(days: Sequence[Day], last: int) -> Chart:
    """Of a month with `last` days, of which `days` have been."""
    top = _round(max([LEAST_TOP, *(each.spent for each in days)]))
    step = WIDTH / last

    def height(spent: int) -> float:
        return round(HEIGHT * spent / top, 2)

    bars = [
        Bar(
            each,
            round((each.day.day - 1) * step + 0.15 * step, 2),
            round(0.7 * step, 2),
            height(each.models),
            height(each.messages),
        )
        for each in days
    ]
    ticks = [(part, round(HEIGHT - height(part), 2)) for part in (0, top // 2, top)]
    return Chart(bars, ticks)


def _round(most: int) -> int:
    """The next round number from `most` on: a one, two or five with zeros."""
    power: int = 10 ** (len(str(most)) - 1)
    return next(step * power for step in STEPS if step * power >= most)
