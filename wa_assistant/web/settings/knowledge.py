"""How well a passage must fit a question to be answered from."""

from dataclasses import asdict
from typing import Any

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

from ...knowledge import search
from .page import Field, Page, Values


def share(value: float | None) -> str:
    return "" if value is None else format_decimal(value, "0.####")


def _more(values: Values) -> dict[str, Any]:
    own = asdict(search.default_thresholds())
    return {"own": {name: share(each) for name, each in own.items()}}


PAGE = Page(
    "knowledge",
    _l("Knowledge"),
    _l(
        "How well a passage must fit a question to be answered from. Higher: fewer answers, and "
        "fewer beside the point."
    ),
    dict.fromkeys(("similarity_threshold", "coverage_threshold"), Field(share)),
    _more,
)
