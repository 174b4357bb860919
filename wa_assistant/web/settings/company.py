"""Who participants are talking to."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ...privacy import notice
from .page import PLAIN, Page, Values

NAMES = ("company", "purpose")


def _more(values: Values) -> dict[str, Any]:
    return {"is_behind": notice.is_behind(NAMES)}


PAGE = Page(
    "company",
    _l("Company"),
    _l("Who participants are talking to. What is empty is said in neutral words."),
    dict.fromkeys(NAMES, PLAIN),
    _more,
)
