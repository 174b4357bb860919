"""Two participants who are one person are made one, after a look at what each has."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import fields, selected
from ...conversation.selection import Selection
from ...journey import definition
from ...models import Field, Participant
from ...operations import merge, merge_preview
from ...operations.merge_preview import Part, Side
from .. import access, respond
from ..access import row_id
from .people import load
from .words import LANGUAGES

blueprint = Blueprint("merging", __name__, url_prefix="/participants/<id:participant_id>/merge")


@blueprint.get("")
@access.may(Act.MERGE_PARTICIPANTS)
def show(participant_id: int) -> ResponseReturnValue:
    """What each of the two has; without another, who that may be."""
    participant = load(participant_id)
    other = _other(participant, "with")
    return _preview(participant, other) if other else _choice(participant)


@blueprint.post("")
@access.may(Act.MERGE_PARTICIPANTS)
def do(participant_id: int) -> ResponseReturnValue:
    """Participant `participant_id` stays, and the one the form names goes."""
    goes_id = request.form.get("goes", type=row_id) or abort(400)
    chosen = {
        name.removeprefix("of-"): value == str(goes_id)
        for name, value in request.form.items()
        if name.startswith("of-")
    }
    try:
        seen = request.form.get("seen")
        stays = merge.merge(current_user, participant_id, goes_id, chosen, seen)
    except merge.MergedAlreadyError as gone:
        return _overtaken(gone.stays)
    except merge.RefusedError as refused:
        asked: dict[str, Any] = {"with": goes_id}
        back = url_for(".show", participant_id=participant_id, **asked)
        return respond.told(back, str(refused.words))
    place = url_for("conversations.show", participant_id=stays.id)
    return respond.done(place, _("They are one participant now."))


def _overtaken(stays: int | None) -> ResponseReturnValue:
    if stays is None:
        return respond.told(url_for("participants.index"), _("One of them is here no more."))
    place = url_for("conversations.show", participant_id=stays)
    return respond.told(place, _("Somebody has merged them already: this is who stays."))


def _other(participant: Participant, name: str) -> Participant | None:
    other_id = request.args.get(name, type=row_id)
    return load(other_id) if other_id and other_id != participant.id else None


def _choice(participant: Participant) -> str:
    words = request.args.get("q", "").strip()
    asked = Selection.parse({"q": words, "simulated": "1" if participant.simulated else ""})
    found = selected.page(asked).participants[:10] if asked.q else ()
    return render_template(
        "participants/merge_with.html",
        participant=participant,
        candidates=merge_preview.candidates(participant),
        found=[each for each in found if each.id != participant.id],
        words=words,
    )


def _preview(participant: Participant, other: Participant) -> str:
    pair = merge.by_default(participant, other)
    if request.args.get("stays", type=row_id) == pair.goes.id:
        pair = merge.Pair(pair.goes, pair.stays)
    sides = [merge_preview.side(each) for each in pair]
    every = fields.all_fields()
    return render_template(
        "participants/merge.html",
        pair=pair,
        seen=merge.at_choice(pair),
        sides=sides,
        parts=list(_parts(sides, every)),
        asked_from=participant,
    )


def _parts(sides: list[Side], every: Any) -> Iterator[Part]:
    """What each of them is called and has of what can be but one; nothing that neither has."""
    people = [side.participant for side in sides]
    said = {
        "address": [each.phone or each.address.rpartition(":")[2] for each in people],
        "name": [each.name for each in people],
        "known_as": [each.known_as for each in people],
        "journey": [_journey(side) for side in sides],
        "language": [str(LANGUAGES.get(each.language or "", "")) for each in people],
        "assigned": [each.assigned_to.label if each.assigned_to else "" for each in people],
    }
    for key, words in said.items():
        yield from _part(key, None, words)
    for field in every:
        yield from _part(f"field-{field.id}", field, [s.values.get(field.id, "") for s in sides])


def _part(key: str, field: Field | None, words: list[str]) -> Iterator[Part]:
    if any(words):
        yield Part(key, field, (words[0], words[1]))


def _journey(side: Side) -> str:
    if side.version is None:
        return ""
    stages = {each.key: each.name for each in definition.read(side.version.stages)}
    stage = stages.get(side.participant.stage or "", "")
    return " · ".join(filter(None, (side.version.journey.name, stage)))
