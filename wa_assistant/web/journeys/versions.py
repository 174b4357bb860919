"""A draft becomes what newcomers enter; versions are compared; participants are moved."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ... import settings as company
from ...accounts.authority import Act
from ...database import utcnow
from ...journey import checks, counting, definition, drafts, move, versions
from ...journey.compare import compare
from ...models import JourneyVersion
from .. import access, respond
from ..access import row_id
from .drafts import draft_of, revision, told
from .views import blueprint, of_journey, one_of


@blueprint.get("/<id:journey_id>/publishing")
@access.may(Act.PUBLISH_JOURNEYS)
def confirm_publishing(journey_id: int) -> ResponseReturnValue:
    draft, content = draft_of(journey_id)
    published = versions.newest(of_journey(journey_id), "published")
    problems = checks.publishing_problems(content.stages, content.event_date)
    return render_template(
        "journeys/publish.html",
        journey=draft.journey,
        draft=draft,
        stages=content.stages,
        published=published,
        changes=compare(published, draft) if published else [],
        old_stages=definition.read(published.stages) if published else [],
        is_past=_is_past(draft),
        problems=problems,
        under_way=sum(counting.standing(published.id, real=True).values()) if published else 0,
    )


@blueprint.post("/<id:journey_id>/publishing")
@access.may(Act.PUBLISH_JOURNEYS)
def publish(journey_id: int) -> ResponseReturnValue:
    draft, _content = draft_of(journey_id)
    before_it = url_for(".confirm_publishing", journey_id=journey_id)
    if _is_past(draft) and "past" not in request.form:
        return respond.told(before_it)
    try:
        published = drafts.publish(current_user, draft.id, revision())
    except drafts.Stale as stale:
        return respond.told(before_it, told(stale))
    except drafts.Refused:
        return respond.told(before_it)
    words = _("Version %(number)d is published.", number=published.number)
    return respond.done(url_for(".show", journey_id=journey_id, _anchor="next"), words)


@blueprint.get("/<id:journey_id>/comparison")
@access.may(Act.READ_JOURNEYS)
def comparison(journey_id: int) -> ResponseReturnValue:
    found = of_journey(journey_id)
    old, new = (request.args.get(name, type=row_id) for name in ("old", "new"))
    newer = one_of(journey_id, new or found[0].id)
    older = one_of(journey_id, old or found[min(1, len(found) - 1)].id)
    return render_template(
        "journeys/comparison.html",
        journey=newer.journey,
        versions=found,
        old=older,
        new=newer,
        changes=compare(older, newer),
        old_stages=definition.read(older.stages),
        stages=definition.read(newer.stages),
    )


@blueprint.get("/<id:journey_id>/versions/<id:version_id>/moving")
@access.may(Act.MOVE_PARTICIPANTS)
def ask_moving(journey_id: int, version_id: int) -> ResponseReturnValue:
    old, new = _ways(journey_id, version_id)
    return _moving(old, new, {stage.key: stage.key for stage in definition.read(new.stages)})


@blueprint.post("/<id:journey_id>/versions/<id:version_id>/moving")
@access.may(Act.MOVE_PARTICIPANTS)
def move_participants(journey_id: int, version_id: int) -> ResponseReturnValue:
    old, new = _ways(journey_id, version_id)
    mapping = {
        name.removeprefix("to."): key
        for name, key in request.form.items()
        if name.startswith("to.")
    }
    if request.form.get("new", type=row_id) != new.id:
        words = _("A newer version has been published meanwhile. Look again.")
        return respond.told(request.path, words)
    try:
        count = move.move(current_user, old.id, new.id, mapping)
    except move.Unmapped as unmapped:
        return respond.refused(_moving(old, new, mapping, unmapped.stages))
    moved = ngettext("%(num)d person was moved.", "%(num)d people were moved.", count)
    return respond.done(url_for(".show", journey_id=journey_id), moved)


def _is_past(draft: JourneyVersion) -> bool:
    """Whether the event is over, by the company's calendar."""
    zone = ZoneInfo(company.current().time_zone)
    return draft.event_date is not None and draft.event_date < utcnow().astimezone(zone).date()


def _ways(journey_id: int, version_id: int) -> tuple[JourneyVersion, JourneyVersion]:
    """From this version to what is published."""
    new = versions.newest(of_journey(journey_id), "published")
    if new is None or new.id == version_id:
        abort(404)
    return one_of(journey_id, version_id), new


def _moving(
    old: JourneyVersion, new: JourneyVersion, mapping: dict[str, str], missing: Any = ()
) -> str:
    titles = {stage.key: stage.name for stage in definition.read(old.stages)}
    standing = counting.standing(old.id)
    gone = sorted({*standing} - {*titles, counting.NOWHERE})
    return render_template(
        "journeys/move.html",
        journey=new.journey,
        old=old,
        new=new,
        stages=definition.read(new.stages),
        standing=standing,
        rows=[*titles.items(), *zip(gone, gone, strict=True)],
        mapping=mapping,
        missing=missing,
    )
