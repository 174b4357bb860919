"""The answers of all who are in a version: as a table, as numbers, and as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from ...accounts.authority import Act
from ...conversation import tags
from ...database import db
from ...journey import coming, counting, definition, together
from ...journey.together import Column, Line, Wanted
from ...models import JourneyVersion, Tag
from ...operations import sheets
from ...operations.importing import export
from .. import access, tables
from ..access import row_id
from .answer_bars import bars
from .views import blueprint, one_of

PER_PAGE = 50
PER_PART = 500  # people of a file at a time
NAMES = ("stage", "came", "tag", "has", "lacks", "question", "value")


@blueprint.get("/<id:journey_id>/versions/<id:version_id>/answers")
@access.may(Act.READ_PARTICIPANTS)
def answers(journey_id: int, version_id: int) -> ResponseReturnValue:
    version = one_of(journey_id, version_id)
    asked, wanted = together.columns(version), _wanted(version, request.args)
    found = together.lines(version, wanted, PER_PAGE + 1, request.args.get("before", type=row_id))
    shown = found[:PER_PAGE]
    summaries = together.summaries(version, wanted)
    return render_template(
        "journeys/answers.html",
        journey=version.journey,
        version=version,
        stages=definition.read(version.stages),
        titles={each.key: each.name for each in definition.read(version.stages)},
        columns=asked,
        wanted=wanted,
        chosen=_chosen(wanted),
        lines=shown,
        older=shown[-1].participant.id if len(found) > PER_PAGE else None,
        is_first="before" not in request.args,
        number=together.count(version, wanted, counting.MOST_COUNTED),
        summaries=[(each, bars(each)) for each in summaries],
        funnel=coming.reached(version, wanted),
        standing=counting.standing(version.id, real=True),
        tags=tags.all_tags(),
    )


@blueprint.post("/<id:journey_id>/versions/<id:version_id>/answers/export")
@access.may(Act.EXPORT_PARTICIPANTS)
def export_answers(journey_id: int, version_id: int) -> ResponseReturnValue:
    """All whom the form's filter chooses, as a table for another program."""
    version = one_of(journey_id, version_id)
    wanted, kind = _wanted(version, request.form), request.form.get("kind", "csv")
    kind = kind if kind in tables.TYPES else "csv"
    together.exported(current_user, version, len(_chosen(wanted)))
    file = sheets.of_one_moment(lambda: _parts(version, wanted, kind))
    return tables.sent(file, f"answers-{version.journey_id}-{version.number}", kind)


def _wanted(version: JourneyVersion, given: "MultiDict[str, str]") -> Wanted:
    """What an address or a form asks for; what cannot be understood asks nothing."""
    by_number = {str(each.number): each for each in together.columns(version)}
    stages = {each.key for each in definition.read(version.stages)}
    stage, came = given.get("stage", ""), given.get("came", "")
    value = given.get("value", "").replace("\x00", "")
    question = by_number.get(given.get("question", "")) if value else None
    return Wanted(
        stage=stage if stage in stages else None,
        came=came if came in stages else None,
        tag=given.get("tag", type=row_id),
        has=by_number.get(given.get("has", "")),
        lacks=by_number.get(given.get("lacks", "")),
        question=question,
        value=value if question else "",
    )


def _chosen(wanted: Wanted) -> dict[str, str]:
    """The filter as an address keeps it."""
    said: dict[str, Any] = {name: getattr(wanted, name) for name in NAMES}
    return {
        name: str(value.number if isinstance(value, Column) else value)
        for name, value in said.items()
        if value not in (None, "")
    }


@blueprint.app_template_global()
def answers_of(version: JourneyVersion, chosen: dict[str, str], **changed: Any) -> str:
    """The address of the table with another filter; what is None is taken out of it."""
    place: dict[str, Any] = {"journey_id": version.journey_id, "version_id": version.id}
    asked = {name: value for name, value in (chosen | changed).items() if value is not None}
    return url_for("journeys.answers", **place, **asked)


@blueprint.app_template_filter()
def tag_name(tag_id: int) -> str:
    found = db.session.get(Tag, tag_id)
    return found.name if found else "?"


def _head(version: JourneyVersion) -> list[str]:
    asked = [f"{each.title}: {each.question.name}" for each in together.columns(version)]
    return [_("Name"), _("Number"), _("Stage"), *asked, _("Two values")]


def _parts(version: JourneyVersion, wanted: Wanted, kind: str) -> Iterable[bytes]:
    rows = _rows(version, wanted)
    if kind == "xlsx":
        return sheets.xlsx_parts(rows, version.journey.name)
    is_english = str(get_locale()).startswith("en")
    return sheets.csv_parts(rows, sheets.COMMA if is_english else sheets.SEMICOLON)


def _rows(version: JourneyVersion, wanted: Wanted) -> Iterator[list[str]]:
    """Its head, and a row for each; within one snapshot."""
    yield _head(version)
    asked, before = together.columns(version), None
    titles = {each.key: each.name for each in definition.read(version.stages)}
    while True:
        found = together.lines(version, wanted, PER_PART, before)
        yield from [_row(line, asked, titles) for line in found]
        if len(found) < PER_PART:
            return
        before = found[-1].participant.id


def _row(line: Line, asked: list[Column], titles: dict[str, str]) -> list[str]:
    who, cells = line.participant, line.cells
    stage = who.stage or who.next_stage or ""
    values = [cells[each.number].answer.value if each.number in cells else "" for each in asked]
    doubtful = [
        each.question.name for each in asked if each.number in cells and cells[each.number].before
    ]
    name = who.known_as or who.name
    return [name, export.number(who), titles.get(stage, stage), *values, ", ".join(doubtful)]
