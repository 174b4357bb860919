"""How prices are written on a page: of what, how much, for which unit, and how sure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.dates import format_skeleton
from flask import Flask
from flask_babel import format_date, format_decimal, format_percent, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...models import CallKind, Category, Fee, PriceKind
from ...models.daily_cost import INBOUND
from ...money import currency
from ...money.amounts import UNITS
from ...money.caps import Cap
from ...money.lines import MILLION, Sureness, What
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
WHERE = {
    CallKind.ANSWER: _l("Answers"),
    CallKind.TRANSCRIPTION: _l("Voice messages written down"),
    CallKind.QUERY: _l("Questions looked up in the documents"),
    CallKind.DOCUMENT: _l("Documents made ready for the search"),
    CallKind.SUGGESTION: _l("Replies suggested to the team"),
    CallKind.SUMMARY: _l("Summaries of conversations"),
    CallKind.TRIAL: _l("Trials by the team"),
    CallKind.EVALUATION: _l("Measurements of the golden set"),
    CallKind.RESTORED: _l("Since a backup, not known"),
    INBOUND: _l("Messages that came in"),
    Category.SERVICE: _l("Free text that went out"),
    Category.UTILITY: _l("Templates: utility"),
    Category.AUTHENTICATION: _l("Templates: authentication"),
    Category.MARKETING: _l("Templates: marketing"),
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
CAPS = {
    Cap.DAY: _l("All there is, in a day"),
    Cap.MONTH: _l("All there is, in a month"),
    Cap.MODEL_DAY: _l("Models, in a day"),
    Cap.MODEL_MONTH: _l("Models, in a month"),
    Cap.TRIALS_DAY: _l("What the team tries, in a day"),
    Cap.ANSWERS: _l("Answers to one participant, in a day"),
    Cap.VOICE: _l("Minutes of voice of one participant, in a day"),
    Cap.TOKENS: _l("Tokens for one participant, in a day"),
    Cap.PICTURES: _l("Pictures of one participant, in a day"),
    Cap.NEWCOMERS: _l("New numbers that the model answers, in an hour"),
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
    tables |= {"price_kind": KINDS, "price_unit": UNITS, "cost_kind": WHERE, "cap_name": CAPS}
    for name, words in tables.items():
        app.add_template_filter(lambda key, words=words: words.get(key, key), name)
    for written in (priced, own_money, price_name, country_name, on_day, amount_heads):
        app.add_template_filter(written)
    for of_costs in (category_heads, in_dollars, dollars, own_amount, month_name, share_of):
        app.add_template_filter(of_costs)


def priced(micro_dollars: int) -> str:
    """A price in dollars, to its last place."""
    return currency.exactly(micro_dollars, get_locale())


def in_dollars(micro_dollars: int) -> str:
    """What was spent, with as many places as tell something."""
    return currency.in_dollars(micro_dollars, get_locale())


def own_money(micro_dollars: int) -> str:
    """About what that is in the team's own currency; "" where no rate is set."""
    return currency.in_own(micro_dollars, exchange(), get_locale())


def dollars(micro_dollars: int) -> str:
    """In a column of dollars: to a hundredth of a cent, so that one stands below the other."""
    return str(format_decimal(Decimal(micro_dollars) / MILLION, "#,##0.0000"))


def own_amount(micro_dollars: int) -> str:
    """The same in a column of the team's own currency, to its cent; "" where no rate is set."""
    rate = exchange().rate
    return str(format_decimal(Decimal(micro_dollars) / MILLION * rate, "#,##0.00")) if rate else ""


def typed_dollars(micro_dollars: int | None) -> str:
    """As a form's field holds it: to its last place, and never fewer than two."""
    if micro_dollars is None:
        return ""
    return str(format_decimal(Decimal(micro_dollars) / MILLION, "0.00####"))


def share_of(part: int, whole: int) -> str:
    """So many percent."""
    return str(format_percent(part / whole if whole else 0))


def month_name(month: date) -> str:
    return str(format_skeleton("yMMMM", month, locale=get_locale()))


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
