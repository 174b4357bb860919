"""Where somebody begins who writes for the first time."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ...journey import versions
from .page import Field, Page, Values


def journeys() -> list[tuple[str, str]]:
    """The journeys newcomers may enter: pairs of id and name."""
    return [(str(row.journey.id), row.journey.name) for row in versions.listing() if row.published]


def _told(journey_id: str) -> str:
    return dict(journeys()).get(journey_id, journey_id)


def _more(values: Values) -> dict[str, Any]:
    return {"journeys": journeys()}


PAGE = Page(
    "newcomers",
    _l("Newcomers"),
    _l("Where somebody begins who writes for the first time."),
    {"newcomers_journey": Field(told=_told)},
    _more,
)
