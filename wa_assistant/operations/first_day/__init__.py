"""What a new team has still to do, until nothing is missing that participants need.

Each line of LINES knows by itself whether it is done. Nothing is looked at any more once an owner
has put the list away, or once all that is needed was done: that holds for good.
"""

from contextlib import suppress
from dataclasses import dataclass

from ... import settings
from ...models import User
from ...settings import FirstDay
from . import facts
from .lines import LINES, Line

__all__ = ["LINES", "Line", "Standing", "Step", "fetch_again", "finish", "put_away", "standing"]


@dataclass(frozen=True)
class Step:
    """A line as it stands."""

    line: Line
    done: bool
    urgent: bool


@dataclass(frozen=True)
class Standing:
    """`steps` is empty where nobody looks any more."""

    state: FirstDay
    steps: tuple[Step, ...] = ()

    @property
    def needed(self) -> list[Step]:
        return [each for each in self.steps if each.line.required]

    @property
    def is_complete(self) -> bool:
        return bool(self.steps) and all(each.done for each in self.needed)


def standing() -> Standing:
    now = settings.current()
    if now.first_day != FirstDay.LEADS:
        return Standing(now.first_day)
    known = facts.look(now)
    found = ((line, line.is_done(known)) for line in LINES)
    steps = (Step(line, done, not done and line.urges(known)) for line, done in found)
    return Standing(FirstDay.LEADS, tuple(steps))


def put_away(actor: User) -> None:
    """For everybody, until an owner fetches it again."""
    _change(FirstDay.AWAY, actor)


def fetch_again(actor: User) -> None:
    _change(FirstDay.LEADS, actor)


def finish() -> None:
    """All that is needed is done: nobody looks any more."""
    settings.note("first_day", FirstDay.DONE)


def _change(to: FirstDay, actor: User) -> None:
    with suppress(settings.Refused):  # somebody was there at the same moment
        settings.change({"first_day": to}, settings.marks(settings.current()), actor)
