"""The caps: how near each is, who is near theirs, and what others would have meant."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from ... import settings
from ...accounts.authority import Act
from ...conversation import unsettled
from ...models import Attention
from ...money import caps, prices, restored, standing, told, what_if
from ...money.caps import Cap
from ...money.lines import MILLION
from ...settings.definitions import READ
from ...settings.problem import Problem
from .. import access, respond

blueprint = Blueprint("limits", __name__, url_prefix="/money/limits")

IN_MONEY = (Cap.DAY, Cap.MONTH, Cap.MODEL_DAY, Cap.MODEL_MONTH, Cap.TRIALS_DAY)
OF_ONE = (Cap.ANSWERS, Cap.VOICE, Cap.TOKENS, Cap.PICTURES)
NAMES = (*IN_MONEY, *OF_ONE, Cap.NEWCOMERS, "cheaper_model")
TRIED = ("day", "month")  # caps that are tried on last month


@blueprint.get("")
@access.may(Act.SEE_MONEY)
def index() -> ResponseReturnValue:
    return _now()


@blueprint.post("")
@access.may(Act.SET_LIMITS)
def save() -> ResponseReturnValue:
    given = {name: request.form[name] for name in NAMES if name in request.form}
    seen = {name: request.form.get(f"seen.{name}", "") for name in NAMES}
    try:
        changed = settings.change(given, seen, current_user)
    except settings.Refused as refused:
        marks = _marks(settings.current())
        shown = {n: marks[n] if n in refused.changed_meanwhile else seen[n] for n in NAMES}
        return respond.refused(_page(given, shown, refused.problems))
    if Cap.NEWCOMERS in changed:
        unsettled.look_again(Attention.NEWCOMERS)
    said = ngettext("%(num)d limit is saved.", "%(num)d limits are saved.", len(changed))
    return respond.done(url_for(".index"), said if changed else _("Nothing was changed."))


@blueprint.post("/dismissals")
@access.may(Act.SEE_MONEY)
def dismiss() -> ResponseReturnValue:
    """The owner has read it; it comes again with the next day or month, or when the cap is met."""
    key = request.form.get("key", "")
    if not key:
        abort(400)
    if told.dismiss(key, current_user):
        said = _("You are told again when there is something new.")
    else:
        said = _("That was read already.")
    return respond.done(url_for(".index"), said)


@blueprint.post("/restored/<id:call_id>")
@access.may(Act.SET_LIMITS)
def restore(call_id: int) -> ResponseReturnValue:
    """The owner says what was spent while this database was not there."""
    amount = request.form.get("amount", "")
    try:
        is_news = restored.say(call_id, amount, current_user)
    except Problem as problem:
        return respond.refused(_now({call_id: (amount, problem.words)}))
    if not is_news:
        abort(404)
    return respond.done(url_for(".index"), _("That is what counts from now on."))


@blueprint.app_context_processor
def _notices() -> dict[str, Any]:
    return {"frame_limits": to_tell}


def to_tell() -> list[standing.Standing]:
    """The caps of which this owner is told on every page."""
    return told.to(current_user) if access.allows(Act.SEE_MONEY) else []


def _now(refused: Mapping[int, tuple[str, Any]] | None = None) -> str:
    """The page with the settings as they are; `refused`: amounts of a restored database's."""
    now = settings.current()
    typed = {name: _typed(name, getattr(now, name)) for name in NAMES}
    return _page(typed, _marks(now), {}, refused or {})


def _page(
    typed: Mapping[str, str],
    marks: Mapping[str, str],
    problems: Mapping[str, Any],
    refused: Mapping[int, tuple[str, Any]] | None = None,
) -> str:
    tried, wrong = _tried()
    return render_template(
        "money/limits.html",
        typed=typed,
        marks=marks,
        problems=problems,
        in_money=IN_MONEY,
        of_one=OF_ONE,
        defaults={name: _typed(name, caps.default_limit(name)) for name in (*IN_MONEY, *OF_ONE)},
        newcomers_default=caps.default_limit(Cap.NEWCOMERS),
        cheaper_is=_compared(settings.current().cheaper_model),
        restored=restored.unknown(),
        refused=refused or {},
        standings=standing.of_money(),
        newcomers=standing.of_newcomers(),
        near=standing.of_participants(),
        tried=tried,
        wrong=wrong,
        asked={name: request.args.get(name, "") for name in TRIED},
    )


def _compared(cheaper: str) -> str:
    """What is to be said of the price of the cheaper model beside the usual one's, if anything."""
    if not cheaper:
        return ""
    usual = settings.model_of(settings.current())
    known, other = (prices.tokens(each, prices.today()) for each in (usual, cheaper))
    if other is None:
        return "unknown"
    return "dearer" if known and other.output >= known.output else ""


def _tried() -> tuple[what_if.Outcome | None, dict[str, Any]]:
    """What last month would have been under the caps that are asked about, and what is wrong with
    these."""
    found: dict[str, int | None] = {}
    wrong: dict[str, Any] = {}
    for name in TRIED:
        try:
            found[name] = READ[Cap.DAY](request.args.get(name, ""))
        except Problem as problem:
            wrong[name] = problem.words
    if wrong or not any(value is not None for value in found.values()):
        return None, wrong
    last = prices.today().replace(day=1) - timedelta(days=1)
    return what_if.of_month(last.replace(day=1), found["day"], found["month"]), {}


def _marks(now: settings.Settings) -> dict[str, str]:
    return {name: settings.mark(getattr(now, name)) for name in NAMES}


def _typed(name: str, value: Any) -> str:
    """As the form's fields hold it."""
    if value is None:
        return ""
    if name in IN_MONEY:
        return str(format_decimal(Decimal(value) / MILLION, "0.######"))
    return str(value)
