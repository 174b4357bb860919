"""The team's own currency, and what a dollar is in it."""

from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, get_locale
from flask_babel import lazy_gettext as _l

from ...settings import exchange
from ...settings.exchange import Exchange
from .page import Field, Form, Page, Values

PARTS = ("currency", "rate", "day")


def _shown(value: Exchange) -> dict[str, str]:
    rate = "" if value.rate is None else format_decimal(value.rate, "0.##########")
    return {**value.stored(), "rate": rate}


def _given(form: Form, name: str) -> dict[str, str] | None:
    if f"seen.{name}" not in form:
        return None
    return {each: form.get(f"{name}.{each}", "") for each in PARTS}


def _told(parts: dict[str, str]) -> str:
    day = parts["day"] and format_date(date.fromisoformat(parts["day"]), "short", rebase=False)
    return " · ".join(filter(None, (parts["currency"], parts["rate"], day)))


def _more(values: Values) -> dict[str, Any]:
    names = get_locale().currencies
    offered = [(code, f"{code} – {names.get(code, code)}") for code in exchange.offered()]
    return {"currencies": offered}


PAGE = Page(
    "money",
    _l("Currency"),
    _l(
        "The model, WhatsApp and Twilio charge in dollars. With a rate, amounts are shown in your "
        "own currency, too."
    ),
    {"exchange": Field(_shown, _given, _told)},
    _more,
)
