"""The columns of the list of participants: which there are, and which are shown."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ...models import Field

COLUMNS: dict[str, LazyString] = {
    "number": _l("Number"),
    "status": _l("Status"),
    "journey": _l("Journey"),
    "stage": _l("Stage"),
    "progress": _l("Progress"),
    "tags": _l("Tags"),
    "assigned": _l("Assigned to"),
    "waiting": _l("Waiting since"),
    "activity": _l("Last activity"),
    "created": _l("Here since"),
    "window": _l("Window"),
    "language": _l("Language"),
    "consent": _l("Consent"),
    "marketing": _l("Marketing"),
}
FIRST_SHOWN = ("number", "status", "journey", "tags", "assigned", "activity")
FIELD = "field-"
NUMBERS = {"progress"}
SPEAK = {"number", "status", "journey", "stage", "tags"}


class Column(NamedTuple):
    """`field` is the team's own that it shows, if any."""

    key: str
    words: str
    field: Field | None = None

    @property
    def kind(self) -> str:
        is_number = self.key in NUMBERS or (self.field and self.field.kind == "number")
        return "number" if is_number else ""

    @property
    def speaks(self) -> bool:
        """Whether one sees what it says of somebody without its name, where there is no head."""
        return self.key in SPEAK


def every(fields: Sequence[Field]) -> list[Column]:
    """In their order; the name stands before them all."""
    ours = [Column(key, str(words)) for key, words in COLUMNS.items()]
    return ours + [Column(f"{FIELD}{each.id}", each.name, each) for each in fields]


def chosen(asked: Iterable[str], fields: Sequence[Field]) -> list[Column]:
    """Those that are asked for, where any of them is known; else those of the beginning."""
    asked = set(asked)
    found = [each for each in every(fields) if each.key in asked]
    return found or [each for each in every(fields) if each.key in FIRST_SHOWN]
