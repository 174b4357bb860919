"""The form of one stage of a draft. Adding and removing an answer shows the form again, with all
that was typed; only "Save" saves.
"""

from dataclasses import replace
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...journey import checks, drafts
from ...journey.checks import Problem
from ...journey.definition import After, Stage
from ...models import JourneyVersion
from .. import access, respond
from . import forms
from .drafts import draft_of, revision, told
from .views import blueprint


@blueprint.get("/<id:journey_id>/draft/stage")
@access.may(Act.WRITE_JOURNEYS)
def add_stage(journey_id: int) -> ResponseReturnValue:
    draft, content = draft_of(journey_id)
    return _form(draft, content, "", forms.written(Stage("", "")))


@blueprint.get("/<id:journey_id>/draft/stages/<key>")
@access.may(Act.WRITE_JOURNEYS)
def edit_stage(journey_id: int, key: str) -> ResponseReturnValue:
    draft, content = draft_of(journey_id)
    return _form(draft, content, key, forms.written(_stage(content, key)))


@blueprint.post("/<id:journey_id>/draft/stage")
@access.may(Act.WRITE_JOURNEYS)
def create_stage(journey_id: int) -> ResponseReturnValue:
    return _save(journey_id, "")


@blueprint.post("/<id:journey_id>/draft/stages/<key>")
@access.may(Act.WRITE_JOURNEYS)
def save_stage(journey_id: int, key: str) -> ResponseReturnValue:
    return _save(journey_id, key)


@blueprint.post("/<id:journey_id>/draft/stages/<key>/end")
@access.may(Act.WRITE_JOURNEYS)
def remove_stage(journey_id: int, key: str) -> ResponseReturnValue:
    draft, content = draft_of(journey_id)
    gone = _stage(content, key)
    left = [each for each in content.stages if each.key != key]
    try:
        drafts.save(current_user, draft.id, revision(), replace(content, stages=left))
    except drafts.Stale as stale:
        page = url_for(".edit_stage", journey_id=journey_id, key=key)
        return respond.told(page, told(stale))
    except drafts.Refused as refused:
        typed = forms.written(gone)
        form = _form(draft, content, key, typed, _elsewhere(refused.problems, left))
        return respond.refused(form)
    words = _("“%(name)s” is removed from the draft.", name=gone.name)
    return respond.done(url_for(".edit", journey_id=journey_id), words)


def _save(journey_id: int, key: str) -> ResponseReturnValue:
    draft, content = draft_of(journey_id)
    typed = forms.typed(request.form)
    do = request.form.get("do", "save")
    if do != "save":
        focus = forms.rearrange(typed, do)
        return _form(draft, content, key, typed, focus=focus, seen=revision())
    taken = {each.key for each in content.stages if each.key != key}
    stage, problems = forms.read(typed, taken)
    stages = _with(content, key, stage)
    found = checks.problems(stages)
    if found or problems:
        place = [each.key for each in content.stages].index(key) if key else len(content.stages)
        mine = f"stages.{place}."
        here = {
            name[len(mine) :]: each for name, each in found.items() if name.startswith(mine)
        } | problems
        form = _form(draft, content, key, typed, here or _elsewhere(found, stages))
        return respond.refused(form)
    try:
        drafts.save(current_user, draft.id, revision(), replace(content, stages=stages))
    except drafts.Stale as stale:
        return respond.overtaken(_form(stale.newer, content, key, typed, told=told(stale)))
    page = url_for(".edit", journey_id=journey_id, focus=f"edit-{stage.key}")
    return respond.done(page, _("“%(name)s” is saved in the draft.", name=stage.name))


def _with(content: drafts.Content, key: str, stage: Stage) -> list[Stage]:
    """The stages with this one in its place, or at the end; who names it goes on naming it."""
    if not key:
        return [*content.stages, stage]
    _stage(content, key)
    stages = []
    for each in content.stages:
        begins = each.begins
        if begins.after == After.STAGE and begins.stage == key:
            each = replace(each, begins=replace(begins, stage=stage.key))
        stages.append(stage if each.key == key else each)
    return stages


def _stage(content: drafts.Content, key: str) -> Stage:
    found = [each for each in content.stages if each.key == key]
    if not found:
        abort(404)
    return found[0]


def _elsewhere(problems: dict[str, Problem], stages: list[Stage]) -> dict[str, Any]:
    """What would be wrong with other stages: their name and the problem."""
    if "stages" in problems:
        return {"stages": problems["stages"]}
    found = {stages[int(name.split(".")[1])].name: each for name, each in problems.items()}
    return {"elsewhere": found}


def _form(
    draft: JourneyVersion,
    content: drafts.Content,
    key: str,
    typed: dict[str, Any],
    problems: dict[str, Any] | None = None,
    *,
    told: str = "",
    focus: str = "",
    seen: int | None = None,
) -> str:
    keys = [each.key for each in content.stages]
    before = content.stages[: keys.index(key)] if key in keys else content.stages
    return render_template(
        "journeys/edit_stage.html",
        journey=draft.journey,
        draft=draft,
        key=key,
        known_as=next((each.name for each in content.stages if each.key == key), ""),
        typed=typed,
        problems=problems or {},
        before=before,
        told=told,
        focus=focus,
        revision=seen or draft.revision,
    )
