"""How well a passage must fit a question to be answered from."""

from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l

from ...knowledge import search
from .page import Field, Page, Values, number


def _more(values: Values) -> dict[str, Any]:
    own = asdict(search.default_thresholds())
    return {"own": {name: number(each) for name, each in own.items()}}


PAGE = Page(
    "knowledge",
    _l("Knowledge"),
    _l(
        "How well a passage must fit a question to be answered from. Higher: fewer answers, and "
        "fewer beside the point."
    ),
    dict.fromkeys(("similarity_threshold", "coverage_threshold"), Field(number)),
    _more,
)
