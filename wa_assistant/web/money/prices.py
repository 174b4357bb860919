"""What things cost: every price with its source, and the form with which an owner says another."""

from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...models import Category, PriceKind, characters
from ...money import amounts, catalogue, own_prices, prices
from ...money.catalogue import Entry
from ...money.lines import LONG_PROMPT, MILLION, Line, TokenPrice, What
from ...settings.problem import Problem
from .. import access, respond
from ..shell.labels import exchange
from .labels import CATEGORIES, FEES, country_name, own_money, typed_dollars


class Row(NamedTuple):
    """WhatsApp's prices in a country, by category."""

    country: str | None
    entries: dict[str, Entry]
    sources: list[Line]


blueprint = Blueprint("prices", __name__, url_prefix="/money/prices")

HOME = "BR"
FIELDS = ("kind", "name", "country", "server", "valid_from", *amounts.NAMES)


@blueprint.get("")
@access.may(Act.SEE_MONEY)
def index() -> ResponseReturnValue:
    found = catalogue.entries()
    groups: dict[str, list[Entry]] = {kind: [] for kind in PriceKind}
    for each in found:
        groups[each.what.kind].append(each)
    return render_template(
        "money/prices.html",
        groups=groups,
        by_country=_by_country(groups[PriceKind.MESSAGE]),
        categories=tuple(Category),
        unknown=[each for each in found if each.in_use and each.line is None],
        said_by=catalogue.said_by(found),
        exchange=exchange(),
        dollar=own_money(MILLION),
        kinds=PriceKind,
        long_prompt=LONG_PROMPT,
    )


@blueprint.get("/form")
@access.may(Act.SET_PRICES)
def form() -> ResponseReturnValue:
    typed = {name: characters.seen(request.args.get(name, "")) for name in FIELDS}
    if typed["kind"] not in set(PriceKind):
        abort(404)
    typed |= _amounts(_what(typed)) | {"valid_from": prices.today().isoformat()}
    return _page(typed, {})


@blueprint.post("")
@access.may(Act.SET_PRICES)
def say() -> ResponseReturnValue:
    typed = {name: characters.seen(request.form.get(name, "")) for name in FIELDS}
    try:
        row = own_prices.say(typed, current_user)
    except Problem as problem:
        if "kind" in problem.places:
            abort(404)
        return respond.refused(_page(typed, problem.places))
    if row.valid_from > prices.today():
        said = _("The price is saved, and counts from its day on.")
    else:
        said = _("The price is saved. What was counted before stays as it was counted.")
    return respond.done(url_for(".index"), said)


@blueprint.post("/<id:price_id>/withdrawal")
@access.may(Act.SET_PRICES)
def take_back(price_id: int) -> ResponseReturnValue:
    what = own_prices.take_back(price_id, current_user)
    if what is None:
        abort(404)
    return respond.done(url_for(".form", **what._asdict()), _("The price is taken back."))


def _page(typed: dict[str, str], problems: dict[str, Any]) -> str:
    kind, what = typed["kind"], _what(typed)
    said, today = own_prices.history(what), prices.today()
    return render_template(
        "money/price.html",
        typed=typed,
        problems=problems,
        names=_names(kind),
        countries=_countries(),
        servers=_servers(what.server),
        amounts=amounts.NAMES if kind == PriceKind.TOKENS else ("amount",),
        history=[(row, own_prices.price_of(row)) for row in said],
        retractable=own_prices.retractable(said, today),
        kinds=PriceKind,
    )


def _what(typed: dict[str, str]) -> What:
    return What(typed["kind"], typed["name"], typed["country"] or None, typed["server"] or None)


def _line(what: What) -> Line | None:
    """What counts today, with what was saved a moment ago."""
    return prices.fresh_lines(prices.today()).get(what)


def _amounts(what: What) -> dict[str, str]:
    """What counts today, as the form's fields hold it."""
    line = _line(what)
    if line is None or line.price is None:
        return {}
    if what.kind == PriceKind.ALLOWANCE:
        return {"amount": str(line.price)}
    price = line.price
    if not isinstance(price, TokenPrice):
        return {"amount": typed_dollars(price)}
    told = (price.input, price.cached, price.output, price.written)
    return dict(zip(amounts.NAMES, map(typed_dollars, told), strict=True))


def _names(kind: str) -> list[tuple[str, Any]]:
    """What there is to choose from, where that is no model."""
    if kind == PriceKind.FEE:
        return list(FEES.items())
    if kind == PriceKind.MESSAGE:
        return list(CATEGORIES.items())
    return [(Category.SERVICE, CATEGORIES[Category.SERVICE])] if kind in amounts.OF else []


def _countries() -> list[tuple[str, str]]:
    """Brazil first."""
    named = sorted((country_name(code), code) for code in amounts.COUNTRIES - {HOME})
    return [("", country_name(None)), (HOME, country_name(HOME)), *((c, name) for name, c in named)]


def _servers(typed: str | None) -> list[tuple[str, str]]:
    here = dict.fromkeys(filter(None, (prices.server(), typed)))
    only = [(each, _("Only at %(server)s", server=each)) for each in here]
    return [("", _("Wherever it is served")), *only]


def _by_country(found: list[Entry]) -> list[Row]:
    """Those of all other countries last."""
    known_of = {each.what: each for each in found}
    named = {each.what.country: country_name(each.what.country) for each in found}
    rows = []
    for country in sorted(named, key=lambda code: (code is None, named[code])):
        whats = [What(PriceKind.MESSAGE, category, country) for category in Category]
        row = {what.name: known_of.get(what) or Entry(what, None, (), False) for what in whats}
        rows.append(Row(country, row, _sources(row)))
    return rows


def _sources(row: dict[str, Entry]) -> list[Line]:
    """One of the lines that were said by the same, of the same day."""
    lines = [each.line for each in row.values() if each.line]
    return list({(line.id, line.since): line for line in lines}.values())
