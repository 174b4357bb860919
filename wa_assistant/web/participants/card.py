"""What the team says of a participant: name, language, tags and fields; and whether they are
blocked."""

from collections.abc import Callable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts import users
from ...accounts.authority import Act
from ...conversation import blocking, fields, naming, tags
from ...conversation.fields import ChangedMeanwhile
from ...database import folded
from ...settings.problem import Problem
from .. import access
from ..inbox.beside import Typed
from ..inbox.views import load
from . import shown
from .words import LANGUAGES

blueprint = Blueprint("card", __name__, url_prefix="/conversations/<id:participant_id>")

MOST_OFFERED = 12


@blueprint.get("/person")
@access.may(Act.READ_CONVERSATIONS)
def show(participant_id: int) -> ResponseReturnValue:
    """A page of its own, for where there is no room beside the conversation."""
    return shown.page(participant_id)


@blueprint.get("/card")
@access.may(Act.READ_CONVERSATIONS)
def card(participant_id: int) -> ResponseReturnValue:
    return shown.card(participant_id)


@blueprint.post("/name")
@access.may(Act.KEEP_PARTICIPANTS)
def name(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    typed, seen = request.form.get("name", ""), request.form.get("seen")
    return _keep(
        participant_id,
        "name",
        typed,
        lambda: naming.call(current_user, participant_id, typed, seen),
    )


@blueprint.post("/language")
@access.may(Act.KEEP_PARTICIPANTS)
def language(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    typed, seen = request.form.get("language", ""), request.form.get("seen")
    return _keep(
        participant_id,
        "language",
        typed,
        lambda: naming.speaks(current_user, participant_id, typed, seen),
        lambda key: str(LANGUAGES.get(key, "")),
    )


@blueprint.post("/fields/<id:field_id>")
@access.may(Act.KEEP_PARTICIPANTS)
def field(participant_id: int, field_id: int) -> ResponseReturnValue:
    load(participant_id)
    typed, seen = request.form.get("value", ""), request.form.get("seen")
    try:
        return _keep(
            participant_id,
            f"field-{field_id}",
            typed,
            lambda: fields.put(current_user, participant_id, field_id, typed, seen),
        )
    except LookupError:
        return shown.told(participant_id, _("There is no such field any more."))


@blueprint.get("/tags")
@access.may(Act.KEEP_PARTICIPANTS)
def known_tags(participant_id: int) -> ResponseReturnValue:
    """Those that they may be given, by what is typed: options of a list."""
    load(participant_id)
    begun, theirs = folded(request.args.get("name", "")), tags.of([participant_id])[participant_id]
    fitting = [each for each in tags.all_tags() if begun in each.name_folded and each not in theirs]
    fitting.sort(key=lambda tag: not tag.name_folded.startswith(begun))
    return render_template("participants/tag_options.html", offered=fitting[:MOST_OFFERED])


@blueprint.post("/tags")
@access.may(Act.KEEP_PARTICIPANTS)
def tag(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    typed = request.form.get("name", "")
    return _keep(
        participant_id, "tag", typed, lambda: tags.add(current_user, participant_id, typed)
    )


@blueprint.post("/tags/<id:tag_id>/removal")
@access.may(Act.KEEP_PARTICIPANTS)
def untag(participant_id: int, tag_id: int) -> ResponseReturnValue:
    load(participant_id)
    tags.remove(current_user, participant_id, tag_id)
    return shown.done(participant_id)


@blueprint.post("/block")
@access.may(Act.KEEP_PARTICIPANTS)
def block(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    blocking.block(current_user, participant_id)
    return shown.done(participant_id, _("Blocked: nothing of theirs rings, and nothing goes out."))


@blueprint.post("/block/end")
@access.may(Act.KEEP_PARTICIPANTS)
def unblock(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    blocking.unblock(current_user, participant_id)
    return shown.done(participant_id, _("They are heard again, from their next message on."))


def _keep(
    participant_id: int,
    place: str,
    typed: str,
    keep: Callable[[], object],
    words: Callable[[str], str] = str,
) -> ResponseReturnValue:
    """Do it; or say what is wrong, or what somebody else has put there, beside what was typed.

    `words`: a value as its reader knows it.
    """
    values = {"value": typed}
    try:
        keep()
    except Problem as problem:
        wrong = Typed(place, values, {"value": problem.words})
    except fields.DoesNotFit as unfit:
        wrong = Typed(place, values, {"value": unfit.words})
    except ChangedMeanwhile as changed:
        said = _meanwhile(changed.who, words(changed.value))
        wrong = Typed(place, values, {"value": said}, changed.value)
    else:
        return shown.done(participant_id)
    return shown.refused(participant_id, typed=wrong)


def _meanwhile(by: str, value: str) -> str:
    user = users.of_email(by) if by else None
    who = user.label if user else by or _("Somebody else")
    if not value:
        return str(_("%(name)s has emptied this meanwhile. Save again to put yours.", name=who))
    words = _("%(name)s wrote “%(value)s” meanwhile. Save again to put yours instead.")
    return str(words % {"name": who, "value": value})
