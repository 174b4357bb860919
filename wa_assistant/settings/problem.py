"""What is wrong with a value, in a sentence for who gave it."""

from collections.abc import Mapping
from typing import TypeAlias

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

Words: TypeAlias = LazyString | str

MEANWHILE = _l(
    "A colleague has changed this meanwhile. Save again to put yours in its place, or load the "
    "page again to see theirs."
)


class Problem(Exception):
    """`places` holds a sentence for each wrong part of a value; "" is the value as a whole."""

    def __init__(self, places: Mapping[str, Words]) -> None:
        super().__init__("; ".join(places))
        self.places = dict(places)

    @property
    def words(self) -> Words:
        return next(iter(self.places.values()))


class Refused(Exception):
    """Nothing was saved. `problems` by setting ("company"), or its part ("hours.3")."""

    def __init__(self, problems: Mapping[str, Words], changed_meanwhile: frozenset[str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)
        self.changed_meanwhile = changed_meanwhile
