"""The caps: how near each is, who is near theirs, and what others would have meant."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from ... import settings
from ...accounts.authority import Act
from ...conversation import unsettled
from ...models import Attention
from ...money import caps, prices, restored, standing, told, what_if
from ...money.caps import Cap
from ...settings.definitions import READ
from ...settings.problem import Problem
from .. import access, respond
from ..settings import forms
from ..settings.page import PLAIN, Field, Page, Values
from .labels import typed_dollars

blueprint = Blueprint("limits", __name__, url_prefix="/money/limits")

IN_MONEY = (Cap.DAY, Cap.MONTH, Cap.MODEL_DAY, Cap.MODEL_MONTH, Cap.TRIALS_DAY)
OF_ONE = (Cap.ANSWERS, Cap.VOICE, Cap.TOKENS, Cap.PICTURES)
TRIED = ("day", "month")  # caps that are tried on last month


@blueprint.get("")
@access.may(Act.SEE_MONEY)
def index() -> ResponseReturnValue:
    return _now()


@blueprint.post("")
@access.may(Act.SET_LIMITS)
def save() -> ResponseReturnValue:
    given, seen = PAGE.given(request.form), PAGE.seen(request.form)
    try:
        changed = settings.change(given, seen, current_user)
    except settings.Refused as refused:
        values, marks = forms.again(PAGE, given, seen, refused.changed_meanwhile)
        return respond.refused(_page(values, marks, refused.problems))
    _after(changed)
    said = ngettext("%(num)d limit is saved.", "%(num)d limits are saved.", len(changed))
    return respond.done(url_for(".index"), said if changed else _("Nothing was changed."))


@blueprint.post("/undo")
@access.may(Act.SET_LIMITS)
def undo() -> ResponseReturnValue:
    """One limit as it was before its last change; what was typed in the other fields stays."""
    return forms.undo((PAGE,), lambda page: url_for(".index"), _undone, _after)


def _undone(
    page: Page,
    values: Values,
    marks: Mapping[str, str],
    problems: Mapping[str, Any],
    said: str,
) -> str:
    return _page(values, marks, problems, said=said)


def _after(changed: Collection[str]) -> None:
    """Who waits for being let in may be now."""
    if Cap.NEWCOMERS in changed:
        unsettled.look_again(Attention.NEWCOMERS)


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
    return _page(*forms.fresh(PAGE), {}, refused)


def _page(
    values: Values,
    marks: Mapping[str, str],
    problems: Mapping[str, Any],
    refused: Mapping[int, tuple[str, Any]] | None = None,
    said: str = "",
) -> str:
    tried, wrong = _tried()
    return render_template(
        "money/limits.html",
        page=PAGE,
        values=values,
        marks=marks,
        problems=problems,
        said=said,
        changes=forms.changes(PAGE),
        in_money=IN_MONEY,
        of_one=OF_ONE,
        defaults={each: PAGE.fields[each].shown(caps.default_limit(each)) for each in IN_MONEY},
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


def _told(dollars: str) -> str:
    return dollars and f"US$ {dollars}"


PAGE = Page(
    "limits",
    _l("Limits"),
    _l(
        "The most that may be spent, by the team's own days and months. Before each call the most "
        "it can cost is reserved, so that no call to a model passes a limit."
    ),
    {
        **dict.fromkeys(IN_MONEY, Field(typed_dollars, told=_told)),
        **dict.fromkeys((*OF_ONE, Cap.NEWCOMERS, "cheaper_model"), PLAIN),
    },
)
