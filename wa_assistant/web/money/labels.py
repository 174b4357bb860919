"""How prices are written on a page: of what, how much, for which unit, and how sure."""

from collections.abc import Sequence
from datetime import date

from flask import Flask
from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...models import Category, Fee, PriceKind
from ...money import currency
from ...money.amounts import UNITS
from ...money.lines import Sureness, What
from ..shell.labels import exchange

KINDS = {
    PriceKind.TOKENS: _l("Models that answer"),
    PriceKind.TRANSCRIPTION: _l("Models that write down what is spoken"),
    PriceKind.EMBEDDING: _l("Models that search by meaning"),
    PriceKind.MESSAGE: _l("WhatsApp"),
    PriceKind.FEE: _l("Twilio"),
    PriceKind.ALLOWANCE: _l("Free each month"),
}
CATEGORIES = {
    Category.SERVICE: _l("Free text"),
    Category.UTILITY: _l("Utility"),
    Category.AUTHENTICATION: _l("Authentication"),
    Category.MARKETING: _l("Marketing"),
}
FEES = {
    Fee.INBOUND: _l("A message that comes in"),
    Fee.OUTBOUND: _l("A message that goes out"),
    Fee.FAILED: _l("A message that failed"),
}
SURENESS = {
    Sureness.HIGH: _l("sure"),
    Sureness.MEDIUM: _l("fairly sure"),
    Sureness.LOW: _l("unsure: compare with your bill"),
}
AMOUNTS = {
    "amount": _l("Price"),
    "input": _l("Input"),
    "cached": _l("Cached input"),
    "written": _l("Written to cache"),
    "output": _l("Output"),
}


def init_app(app: Flask) -> None:
    tables = {"category": CATEGORIES, "sureness": SURENESS, "amount_name": AMOUNTS}
    tables |= {"price_kind": KINDS, "price_unit": UNITS}
    for name, words in tables.items():
        app.add_template_filter(lambda key, words=words: words.get(key, key), name)
    for written in (priced, own_money, price_name, country_name, on_day, amount_heads):
        app.add_template_filter(written)
    app.add_template_filter(category_heads)


def priced(micro_dollars: int) -> str:
    """A price in dollars, to its last place."""
    return currency.exactly(micro_dollars, get_locale())


def own_money(micro_dollars: int) -> str:
    """About what that is in the team's own currency; "" where no rate is set."""
    return currency.in_own(micro_dollars, exchange(), get_locale())


def price_name(what: What) -> str:
    """What a price is of, in words."""
    if what.kind == PriceKind.FEE:
        return str(FEES[Fee(what.name)])
    if what.kind == PriceKind.MESSAGE:
        return f"{CATEGORIES[Category(what.name)]}, {country_name(what.country)}"
    if what.kind == PriceKind.ALLOWANCE:
        return str(_("Messages of free text, a month and number"))
    return what.name


def country_name(code: str | None) -> str:
    if code is None:
        return str(_("all other countries"))
    return str(get_locale().territories.get(code, code))


def on_day(day: date) -> str:
    return str(format_date(day, "short", rebase=False))


def amount_heads(names: Sequence[str]) -> list[tuple[str, str]]:
    """The heads of a table's columns of amounts."""
    return [(str(AMOUNTS[name]), "number") for name in names]


def category_heads(names: Sequence[Category]) -> list[tuple[str, str]]:
    return [(str(CATEGORIES[name]), "number") for name in names]
