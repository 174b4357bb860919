"""A draft's page: its settings, its stages in their order, its end."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...journey import checks, drafts, versions
from ...journey.checks import Problem
from ...journey.definition import Stage
from ...models import ConsentMode, JourneyVersion
from .. import access, respond
from ..access import row_id
from .labels import unfit
from .views import blueprint, of_journey

UP, DOWN = "up", "down"


@blueprint.post("/<id:journey_id>/draft")
@access.may(Act.WRITE_JOURNEYS)
def begin(journey_id: int) -> ResponseReturnValue:
    of_journey(journey_id)
    drafts.start_draft(current_user, journey_id)
    return respond.done(url_for(".edit", journey_id=journey_id))


@blueprint.get("/<id:journey_id>/draft")
@access.may(Act.WRITE_JOURNEYS)
def edit(journey_id: int) -> ResponseReturnValue:
    return _page(journey_id)


@blueprint.get("/<id:journey_id>/draft/stages")
@access.may(Act.WRITE_JOURNEYS)
def draft_stages(journey_id: int) -> ResponseReturnValue:
    return _stages(journey_id)


@blueprint.post("/<id:journey_id>/draft/order")
@access.may(Act.WRITE_JOURNEYS)
def order(journey_id: int) -> ResponseReturnValue:
    """Moves one stage a place up or down."""
    draft, content = draft_of(journey_id)
    key, way, stages = *request.form.get("move", "").partition(" ")[::2], list(content.stages)
    at = next((place for place, each in enumerate(stages) if each.key == key), None)
    if at is None or way not in (UP, DOWN):
        return _unmoved(journey_id, key, _("A colleague has changed this draft meanwhile."))
    to = at - 1 if way == UP else at + 1
    if not 0 <= to < len(stages):
        return _unmoved(journey_id, key, _("It stands at the end already."))
    stages[at], stages[to] = stages[to], stages[at]
    try:
        drafts.save(current_user, draft.id, revision(), replace(content, stages=stages))
    except drafts.Stale as stale:
        return _unmoved(journey_id, key, told(stale))
    except drafts.Refused as refused:
        why = {key: _refusal(refused.problems, stages)}
        fragment = partial(_stages, journey_id, why)
        return respond.refused(partial(_page, journey_id, why), fragment=fragment)
    places = {"name": stages[to].name, "place": to + 1, "number": len(stages)}
    said = _("“%(name)s” is now stage %(place)d of %(number)d.", **places)
    page = _at_button(journey_id, key, way)
    return respond.done(page, said, fragment=partial(_stages, journey_id))


@blueprint.get("/<id:journey_id>/draft/settings")
@access.may(Act.WRITE_JOURNEYS)
def settings(journey_id: int) -> ResponseReturnValue:
    draft, content = draft_of(journey_id)
    day = content.event_date.isoformat() if content.event_date else ""
    typed = {"name": content.name, "language": content.language, "event_date": day}
    return _settings(draft, typed | {"consent": content.consent}, {})


@blueprint.post("/<id:journey_id>/draft/settings")
@access.may(Act.WRITE_JOURNEYS)
def save_settings(journey_id: int) -> ResponseReturnValue:
    draft, content = draft_of(journey_id)
    names = ("name", "language", "event_date", "consent")
    typed = {each: request.form.get(each, "").strip() for each in names}
    day, problems = _day(typed["event_date"])
    if problems:
        return respond.refused(_settings(draft, typed, problems))
    language, consent = typed["language"], typed["consent"]
    changed = drafts.Content(typed["name"], language, content.stages, consent, day)
    try:
        drafts.save(current_user, draft.id, revision(), changed)
    except drafts.Stale as stale:
        return respond.overtaken(_settings(stale.newer, typed, {}, stale))
    except drafts.Refused as refused:
        return respond.refused(_settings(draft, typed, refused.problems))
    return respond.done(url_for(".edit", journey_id=journey_id), _("Saved in the draft."))


@blueprint.post("/<id:journey_id>/draft/end")
@access.may(Act.WRITE_JOURNEYS)
def discard(journey_id: int) -> ResponseReturnValue:
    draft, _content = draft_of(journey_id)
    try:
        drafts.discard(current_user, draft.id, revision())
    except drafts.Stale as stale:
        return respond.told(url_for(".edit", journey_id=journey_id), told(stale))
    is_left = versions.versions(journey_id)
    page = url_for(".show", journey_id=journey_id) if is_left else url_for(".index")
    return respond.done(page, _("The draft is discarded."))


def context(journey_id: int, refusals: dict[str, str] | None = None) -> dict[str, Any]:
    """What the draft's page and its list of stages show."""
    draft, content = draft_of(journey_id)
    found = of_journey(journey_id)
    return {
        "journey": draft.journey,
        "draft": draft,
        "published": versions.newest(found, "published"),
        "stages": content.stages,
        "unready": checks.publishing_problems(content.stages, content.event_date),
        "refusals": refusals or {},
    }


def draft_of(journey_id: int) -> tuple[JourneyVersion, drafts.Content]:
    draft = versions.newest(of_journey(journey_id), "draft")
    if draft is None:
        abort(404)
    return draft, drafts.content_of(draft)


def revision() -> int:
    """The one that the form was made from."""
    found = request.form.get("revision", type=row_id)
    if found is None:
        abort(400)
    return found


def told(stale: drafts.Stale) -> str:
    """Who was there before."""
    who = stale.who or _("Somebody")
    if stale.is_draft:
        return str(_("%(name)s has saved a newer draft. Yours is not saved.", name=who))
    return str(_("%(name)s has published or discarded this draft.", name=who))


def _page(journey_id: int, refusals: dict[str, str] | None = None) -> str:
    return render_template("journeys/edit.html", **context(journey_id, refusals))


def _stages(journey_id: int, refusals: dict[str, str] | None = None) -> str:
    return render_template("journeys/_stages.html", **context(journey_id, refusals))


def _unmoved(journey_id: int, key: str, why: str) -> ResponseReturnValue:
    """The list of stages as it is now."""
    page = _at_button(journey_id, key, UP)
    return respond.told(page, why, fragment=partial(_stages, journey_id))


def _at_button(journey_id: int, key: str, way: str) -> str:
    """The draft's page, with the focus on the button that was pressed."""
    return url_for(".edit", journey_id=journey_id, focus=f"{way}-{key}")


def _refusal(problems: dict[str, Problem], stages: list[Stage]) -> str:
    """What keeps a stage from being moved, which would bring `stages` into this order."""
    field, problem = next(iter(problems.items()))
    return unfit(problem, stages[int(field.split(".")[1])].name)


def _day(typed: str) -> tuple[date | None, dict[str, Problem]]:
    try:
        return (date.fromisoformat(typed) if typed else None), {}
    except ValueError:
        return None, {"event_date": Problem.NOT_A_DATE}


def _settings(
    draft: JourneyVersion,
    typed: dict[str, str],
    problems: dict[str, Problem],
    stale: drafts.Stale | None = None,
) -> str:
    return render_template(
        "journeys/settings.html",
        journey=draft.journey,
        draft=draft,
        typed=typed,
        problems=problems,
        told=told(stale) if stale else "",
        modes=list(ConsentMode),
    )
