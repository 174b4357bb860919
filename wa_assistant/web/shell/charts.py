"""Charts as the coordinates of an SVG: who does not see one has a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 720, 160  # in which the bars stand
STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
GAP = 0.3  # of the room of a bar
SHADES = 5  # of a cell, from nothing to the most


@dataclass(frozen=True)
class Bar:
    """`of` is what it tells; its parts stand on each other, each from `y` on so high."""

    of: Any
    x: float
    width: float
    parts: Sequence[tuple[float, float]]

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Chart:
    """`ticks`: numbers that a line is drawn for, and how far down that is."""

    bars: Sequence[Bar]
    ticks: Sequence[tuple[int, float]]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Cell:
    """`shade`: from 0 for nothing to SHADES - 1 for the most there is."""

    number: int
    shade: int


def bars(
    values: Sequence[Sequence[int]], of: Sequence[Any], *, room: int = 1, least_top: int = 4
) -> Chart:
    """A bar for each of `of`, in as many parts as its values are, the first on the ground; with
    `room` for so many bars at least."""
    top = rounded(max([least_top, *map(sum, values)]))
    step = WIDTH / max(room, len(values))
    made = [
        Bar(each, round((n + GAP / 2) * step, 2), round((1 - GAP) * step, 2), _parts(parts, top))
        for n, (each, parts) in enumerate(zip(of, values, strict=True))
    ]
    return Chart(made, [(part, _y(part, top)) for part in (0, top // 2, top)])


def cells(rows: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """Numbers with how dark each is."""
    most = max((number for row in rows for number in row), default=0)
    return [[Cell(number, _shade(number, most)) for number in row] for row in rows]


def rounded(most: int) -> int:
    """The next round number from `most` on: one of STEPS with zeros."""
    power: int = 10 ** (len(str(most)) - 1)
    return next(step * power for step in STEPS if step * power >= most)


def _parts(values: Sequence[int], top: int) -> list[tuple[float, float]]:
    found, below = [], 0
    for value in values:
        y = _y(below + value, top)
        found.append((y, round(_y(below, top) - y, 2)))
        below += value
    return found


def _y(value: int, top: int) -> float:
    return round(HEIGHT * (1 - value / top), 2)


def _shade(number: int, most: int) -> int:
    return -(-number * (SHADES - 1) // most) if most else 0
