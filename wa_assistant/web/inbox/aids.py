"""What the model writes for a user: a suggested reply above the composer, and a summary."""

from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import aids, reading
from ...models import Aid, AidKind, Outcome, Participant
from .. import access, respond, unsent
from ..access import row_id
from ..shell import locale
from . import place

blueprint = Blueprint("aids", __name__, url_prefix="/conversations/<id:participant_id>")


@blueprint.post("/suggestion")
@access.may(Act.ASK_ASSISTANT)
def suggest(participant_id: int) -> ResponseReturnValue:
    """What was typed meanwhile stays: a page without a script sends it along."""
    unsent.keep(participant_id, request.form.get("body", ""), current_user.get_id())
    return _ask(participant_id, AidKind.SUGGESTION)


@blueprint.get("/suggestion")
@access.may(Act.ASK_ASSISTANT)
def suggestion(participant_id: int) -> ResponseReturnValue:
    return _fragment(participant_id, AidKind.SUGGESTION)


@blueprint.post("/summary")
@access.may(Act.ASK_ASSISTANT)
def sum_up(participant_id: int) -> ResponseReturnValue:
    return _ask(participant_id, AidKind.SUMMARY)


@blueprint.get("/summary")
@access.may(Act.ASK_ASSISTANT)
def summary(participant_id: int) -> ResponseReturnValue:
    return _fragment(participant_id, AidKind.SUMMARY)


def context(participant: Participant, kind: AidKind) -> dict[str, Any]:
    """What a fragment shows; a suggestion only for the conversation as it stands."""
    aid = aids.latest(participant.id, kind)
    is_current = aid is not None and aids.is_current(aid)
    if kind == AidKind.SUGGESTION and not is_current:
        aid = None
    return {
        "participant": participant,
        "aid": aid,
        "is_current": is_current,
        "problem": _problem(aid) if aid else "",
        "earlier": aids.earlier(participant.id) if kind == AidKind.SUMMARY else (),
        "has_model": current_app.config["OPENAI_CONNECTED"],
    }


def suggested(participant: Participant) -> str:
    """The suggestion that a page without a script was opened with, to be changed and sent."""
    wanted = request.args.get("suggestion", type=row_id)
    aid = aids.latest(participant.id, AidKind.SUGGESTION) if wanted else None
    return aid.text or "" if aid is not None and aid.id == wanted else ""


def _ask(participant_id: int, kind: AidKind) -> ResponseReturnValue:
    participant = _participant(participant_id)
    page = place.of(participant_id)
    if kind == AidKind.SUMMARY:
        page = url_for("aids.summary", participant_id=participant_id, **place.in_list())
    aid = aids.ask(current_user, participant_id, kind, locale.language())
    if aid is None:
        return respond.told(page, _("Nothing was said yet."))
    return respond.done(page, fragment=lambda: _rendered(participant, kind))


def _fragment(participant_id: int, kind: AidKind) -> ResponseReturnValue:
    participant = _participant(participant_id)
    if respond.by_htmx():
        return _rendered(participant, kind)
    template = (
        "inbox/summary_page.html" if kind == AidKind.SUMMARY else "inbox/suggestion_page.html"
    )
    return render_template(template, **context(participant, kind))


def _rendered(participant: Participant, kind: AidKind) -> str:
    return render_template(f"inbox/_{kind}.html", **context(participant, kind))


def _participant(participant_id: int) -> Participant:
    return reading.participant(participant_id) or abort(404)


def _problem(aid: Aid) -> str:
    """Why there is no text; "" where there is one, or it is still being written."""
    if aid.dead_at is not None or aid.outcome == aids.FAULT:
        return str(_("Our own code failed on it: it is among the dead letters."))
    if aid.outcome is None:
        return ""
    words = {
        aids.NO_ROOM: _("The model is asked for others at the moment. Try again in a minute."),
        aids.CAP_MET: _("A limit of what may be spent is met."),
        aids.RESTS: _("The model does not answer at the moment."),
        aids.NOTHING: _("The model found nothing to say."),
        Outcome.QUOTA_SPENT: _("The model's server refuses: there is no credit."),
    }
    return str(words.get(aid.outcome) or _("The model gave no usable answer. Try again."))
