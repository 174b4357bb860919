"""What our own code failed on: looked at by all, replayed or dismissed by editors."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts.authority import Act
from ...operations import dead_letters, dead_letters_together, kinds
from ...operations.dead_letters import Place
from ...work.claims import Kind
from .. import access, respond
from ..access import row_id
from .labels import WORDS, WORKS, slug

blueprint = Blueprint("dead_letters", __name__)


@blueprint.get("/dead-letters")
@access.may(Act.READ_DEAD_LETTERS)
def index() -> ResponseReturnValue:
    return render_template("operations/index.html", **context())


@blueprint.get("/dead-letters/list")
@access.may(Act.READ_DEAD_LETTERS)
def listing() -> ResponseReturnValue:
    return render_template("operations/_list.html", **context())


@blueprint.get("/set-aside")
@access.may(Act.READ_DEAD_LETTERS)
def moved() -> ResponseReturnValue:
    """As the page was called before the first release."""
    return redirect(url_for(".index"), 301)


@blueprint.post("/dead-letters/<name>/<id:letter_id>/replay")
@access.may(Act.SEE_TO_DEAD_LETTERS)
def replay(name: str, letter_id: int) -> ResponseReturnValue:
    kind = _kind(name)
    went_well = dead_letters.replay(kind, letter_id, current_user)
    if went_well is None:
        return _gone()
    if not went_well:
        words = _("It failed again, as its error tells. It stays here.")
        return respond.told(url_for(".index"), words)
    return respond.done(url_for(".index"), str(WORDS[kind.policy.name].replayed))


@blueprint.post("/dead-letters/<name>/<id:letter_id>/dismiss")
@access.may(Act.SEE_TO_DEAD_LETTERS)
def dismiss(name: str, letter_id: int) -> ResponseReturnValue:
    kind = _kind(name)
    if not dead_letters.dismiss(kind, letter_id, current_user):
        return _gone()
    return respond.done(url_for(".index"), str(WORDS[kind.policy.name].dismissed))


@blueprint.post("/dead-letters/<name>/replay")
@access.may(Act.SEE_TO_DEAD_LETTERS)
def replay_all(name: str) -> ResponseReturnValue:
    """Of that kind."""
    return _seen_to(dead_letters_together.replay(_kind(name), current_user), name)


@blueprint.post("/dead-letters/<name>/dismiss")
@access.may(Act.SEE_TO_DEAD_LETTERS)
def dismiss_all(name: str) -> ResponseReturnValue:
    """Of that kind."""
    return _seen_to(dead_letters_together.dismiss(_kind(name), current_user), name)


def context() -> dict[str, Any]:
    before = request.args.get("before", type=place_of)
    only = _named(request.args.get("kind", ""))
    letters, older = dead_letters.page(before, only)
    return {
        "letters": letters,
        "only": only,
        "works": WORKS,
        "before": written(before) if before else None,
        "older": written(older) if older else None,
    }


def written(place: Place) -> str:
    """A place as an address has it: "2026-11-30T10:12:00+00:00~document~7"."""
    return f"{place.since.isoformat()}~{slug(place.kind)}~{place.id}"


def place_of(text: str) -> Place:
    """What `written` wrote. Raises ValueError for anything else."""
    since, name, number = text.split("~")
    kind, moment = _named(name), datetime.fromisoformat(since)
    if kind is None or moment.tzinfo is None or not 1970 < moment.year < 9000:
        raise ValueError(text)
    return Place(moment, kind.policy.name, row_id(number))


def _named(name: str) -> Kind[Any] | None:
    return kinds.of_name(name.replace("-", " "))


def _kind(name: str) -> Kind[Any]:
    return _named(name) or abort(404)


def _seen_to(outcome: dead_letters_together.Outcome, name: str) -> ResponseReturnValue:
    """Back to those of that kind, where some are left."""
    done, failed, left = outcome
    words = [ngettext("%(num)d was seen to.", "%(num)d were seen to.", done)]
    if failed:
        words.append(
            ngettext(
                "%(num)d failed again and stays here.",
                "%(num)d failed again and stay here.",
                failed,
            )
        )
    if left:
        words.append(_("There are more: do it once more for those."))
    kind = name if failed or left else None
    return respond.done(url_for(".index", kind=kind), " ".join(words))


def _gone() -> ResponseReturnValue:
    words = _("This is no dead letter any more: somebody has seen to it.")
    return respond.told(url_for(".index"), words)
