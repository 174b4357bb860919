"""What a selection asks of the team's own fields: a value, a range, or whether there is one."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select

from ..models import FieldValue, Participant
from ..models.about import as_compared, as_number
from . import few

LARGEST_ID = 2**31 - 1
NAME = re.compile(r"field-([1-9]\d{0,9})(?:-(from|to|is))?", re.ASCII)
FILLED, EMPTY = "filled", "empty"
MOST = 20  # fields


@dataclass(frozen=True)
class Asked:
    """Of one field: one of the `values`, compared without case and accents; within `since` and
    `until`, which are numbers or days as ISO has them; FILLED or EMPTY."""

    field_id: int
    values: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    filled: str = ""

    def args(self) -> Iterator[tuple[str, str | list[str]]]:
        """As an address names and says it."""
        if self.values:
            yield f"field-{self.field_id}", list(self.values)
        said = {"from": self.since, "to": self.until, "is": self.filled}
        yield from ((f"field-{self.field_id}-{end}", text) for end, text in said.items() if text)

    def condition(self) -> ColumnElement[bool]:
        """Of a participant."""
        of_field = select(FieldValue.participant_id).where(FieldValue.field_id == self.field_id)
        theirs = FieldValue.participant_id == Participant.id
        if self.filled == EMPTY:
            return ~of_field.where(theirs).exists()
        if self.values:
            known = {as_compared(each) for each in self.values}
            of_field = of_field.where(FieldValue.compared.in_(known))
        of_field = of_field.where(*self._range())
        return few.among(of_field, of_field.where(theirs).exists())

    def _range(self) -> Iterator[ColumnElement[bool]]:
        for text, is_lower in ((self.since, True), (self.until, False)):
            if text:
                number = as_number(text)
                column = FieldValue.compared if number is None else FieldValue.number
                edge = as_compared(text) if number is None else number
                yield column >= edge if is_lower else column <= edge


def parse(names: Iterable[str], values_of: Callable[[str], list[str]]) -> tuple[Asked, ...]:
    """What those of `names` ask that are of fields, MOST of them; in the order of the fields."""
    asked: dict[int, Asked] = {}
    for name in names:
        found = NAME.fullmatch(name)
        values = values_of(name) if found else []
        if not found or not values or int(found[1]) > LARGEST_ID:
            continue
        field_id = int(found[1])
        asked[field_id] = _with(asked.get(field_id, Asked(field_id)), found[2], values)
    said = [each for _, each in sorted(asked.items()) if each != Asked(each.field_id)]
    return tuple(said[:MOST])


def _with(asked: Asked, end: str | None, values: list[str]) -> Asked:
    if end is None:
        return replace(asked, values=tuple(sorted(set(values))))
    if end == "is":
        return replace(asked, filled=values[0] if values[0] in (FILLED, EMPTY) else "")
    return replace(asked, since=values[0]) if end == "from" else replace(asked, until=values[0])
