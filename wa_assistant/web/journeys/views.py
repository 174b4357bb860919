"""Journeys as the team sees them: the list, each with its versions, what a stage is made of.

Viewers read all of it. Editors write, publish and move: whoever may answer a participant as
themselves may also say what the assistant does; a draft and its confirmation are the guard, and
the audit log has who it was.
"""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...assistant import manner, prompt
from ...intake import simulator
from ...journey import counting, definition, drafts, progress, versions
from ...journey.definition import Stage
from ...models import JourneyVersion
from .. import access, respond
from ..simulator.views import MOST_CHARACTERS, problem_of_name

blueprint = Blueprint("journeys", __name__, url_prefix="/journeys")


@blueprint.get("")
@access.may(Act.READ_JOURNEYS)
def index() -> ResponseReturnValue:
    return render_template(
        "journeys/index.html",
        rows=versions.listing(),
        entered=progress.entered(),
    )


@blueprint.get("/new")
@access.may(Act.WRITE_JOURNEYS)
def new() -> ResponseReturnValue:
    return _new({}, {"name": "", "source": "pt"})


@blueprint.post("")
@access.may(Act.WRITE_JOURNEYS)
def create() -> ResponseReturnValue:
    typed = {each: request.form.get(each, "") for each in ("name", "source")}
    like = versions.source(typed["source"])
    language = like.language if like else typed["source"]
    try:
        journey, _version = drafts.create(current_user, typed["name"], language, like)
    except drafts.Refused as refused:
        return respond.refused(_new(dict(refused.problems), typed))
    return respond.done(url_for(".edit", journey_id=journey.id))


@blueprint.get("/<id:journey_id>/versions/<id:version_id>")
@access.may(Act.READ_JOURNEYS)
def version(journey_id: int, version_id: int) -> ResponseReturnValue:
    return _version(journey_id, version_id, {})


@blueprint.post("/<id:journey_id>/versions/<id:version_id>/trial")
@access.may(Act.USE_SIMULATOR)
def try_it(journey_id: int, version_id: int) -> ResponseReturnValue:
    """Somebody pretended enters this version, whether it is published or not."""
    found = one_of(journey_id, version_id)
    name, body = request.form.get("name", "").strip(), request.form.get("body", "").strip()
    problems = {
        "name": problem_of_name(name),
        "body": None if body else _("Write something first."),
    }
    if len(body) > MOST_CHARACTERS:
        problems["body"] = _(
            "A message may have %(number)d characters at most.", number=MOST_CHARACTERS
        )
    if any(problems.values()):
        return respond.refused(_version(journey_id, version_id, problems, name=name, body=body))
    participant = simulator.write(simulator.introduce(name, found.id), name, body)
    return respond.done(url_for("simulator.show", participant_id=participant.id))


@blueprint.get("/<id:journey_id>/versions/<id:version_id>/stages/<key>")
@access.may(Act.READ_JOURNEYS)
def stage(journey_id: int, version_id: int, key: str) -> ResponseReturnValue:
    """The whole prompt of a stage, as it will be sent."""
    found = one_of(journey_id, version_id)
    stages = definition.read(found.stages)
    here = next((each for each in stages if each.key == key), None)
    if here is None:
        abort(404)
    return render_template(
        "journeys/stage.html",
        version=found,
        journey=found.journey,
        stage=here,
        number=stages.index(here) + 1,
        prompt=_prompt(here),
        first=_prompt(here, begun=False) if here == stages[0] else "",
        form=prompt.FORM,
    )


def _prompt(stage: Stage, *, begun: bool = True) -> str:
    """While nothing has been answered in it; or with the answer with which the journey begins."""
    return prompt.lead(manner.now().with_stage(prompt.stage_told(stage, begun=begun)))


def of_journey(journey_id: int) -> list[JourneyVersion]:
    """The journey's versions, newest first; 404 where none is left."""
    found = versions.versions(journey_id)
    if not found:
        abort(404)
    return found


def one_of(journey_id: int, version_id: int | None) -> JourneyVersion:
    found = [each for each in of_journey(journey_id) if each.id == version_id]
    if not found:
        abort(404)
    return found[0]


def _new(problems: dict[str, Any], typed: dict[str, str]) -> str:
    return render_template(
        "journeys/new.html", problems=problems, typed=typed, sources=versions.sources()
    )


def _version(journey_id: int, version_id: int, problems: dict[str, Any], **typed: str) -> str:
    found = one_of(journey_id, version_id)
    return render_template(
        "journeys/version.html",
        version=found,
        journey=found.journey,
        stages=definition.read(found.stages),
        standing=counting.standing(found.id, real=True),
        problems=problems,
        typed=typed,
    )
