"""Participants from a file: uploaded, shown as it would change them, applied, undone."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.ctx import AppContext
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from ...accounts.authority import Act
from ...conversation import fields
from ...models import FileProblem, Import, ImportState, LineOutcome
from ...operations import sheets
from ...operations.importing import columns, files, reading, verbs
from .. import access, respond
from . import import_words

blueprint = Blueprint("imports", __name__, url_prefix="/participants/import")

MOST_AT_ONCE = files.MOST_BYTES + 1024 * 1024  # of a form, with what stands around its file
ENCODINGS = ("utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16")
DELIMITERS = (";", ",", "\t", "|")
ENGINE_IS_AT_IT = (ImportState.LOOKING, ImportState.APPLYING, ImportState.UNDOING)


@blueprint.get("")
@access.may(Act.IMPORT_PARTICIPANTS)
def index() -> ResponseReturnValue:
    return _index()


@blueprint.post("")
@access.may(Act.IMPORT_PARTICIPANTS)
@access.takes(MOST_AT_ONCE)
def upload() -> ResponseReturnValue:
    file = request.files.get("file")
    if file is None or not file.filename:
        return respond.refused(_index(_("Choose a file first.")))
    try:
        found = verbs.begin(current_user, file.filename, file.stream)
    except files.WrongFileError as wrong:
        return respond.refused(_index(str(import_words.PROBLEMS[wrong.problem])))
    return respond.done(_place(found.id))


@blueprint.get("/<id:import_id>")
@access.may(Act.IMPORT_PARTICIPANTS)
def show(import_id: int) -> ResponseReturnValue:
    return render_template("imports/show.html", **_context(import_id))


@blueprint.get("/<id:import_id>/import")
@access.may(Act.IMPORT_PARTICIPANTS)
def fragment(import_id: int) -> ResponseReturnValue:
    return render_template("imports/_import.html", **_context(import_id))


@blueprint.get("/<id:import_id>/columns")
@access.may(Act.IMPORT_PARTICIPANTS)
def choose_columns(import_id: int) -> ResponseReturnValue:
    found = _load(import_id)
    ours = [(f"{columns.FIELD}{each.id}", each.name) for each in fields.all_fields()]
    kinds = [(key, str(words)) for key, words in import_words.COLUMNS.items()]
    return render_template(
        "imports/columns.html",
        found=found,
        kinds=[*kinds, *ours],
        first=reading.page(found, None, size=1).lines[:1],
        encodings=[(each, each.removesuffix("-sig").upper()) for each in ENCODINGS],
        delimiters=[*((each, each) for each in DELIMITERS if each != "\t"), ("\t", _("tab"))],
    )


@blueprint.post("/<id:import_id>/columns")
@access.may(Act.IMPORT_PARTICIPANTS)
def look_again(import_id: int) -> ResponseReturnValue:
    found = _load(import_id)
    known = {*import_words.COLUMNS, *(f"{columns.FIELD}{each.id}" for each in fields.all_fields())}
    which = [each if each in known else columns.IGNORED for each in request.form.getlist("column")]
    encoding, delimiter = (request.form.get(each) for each in ("encoding", "delimiter"))
    if found.kind == files.XLSX:
        encoding = delimiter = None
    elif encoding not in ENCODINGS or delimiter not in DELIMITERS:
        encoding, delimiter = found.encoding, found.delimiter
    fits = len(which) == len(found.columns or [])
    if verbs.look_again(import_id, which if fits else [], encoding, delimiter):
        return respond.done(_place(import_id))
    return respond.told(_place(import_id), _("It is too late for that."))


@blueprint.post("/<id:import_id>/application")
@access.may(Act.IMPORT_PARTICIPANTS)
def apply(import_id: int) -> ResponseReturnValue:
    _load(import_id)
    verbs.apply(current_user, import_id)
    return respond.done(_place(import_id))


@blueprint.post("/<id:import_id>/undoing")
@access.may(Act.IMPORT_PARTICIPANTS)
def undo(import_id: int) -> ResponseReturnValue:
    _load(import_id)
    if verbs.undo(current_user, import_id):
        return respond.done(_place(import_id))
    return respond.told(_place(import_id), _("It is too late for that."))


@blueprint.post("/<id:import_id>/deletion")
@access.may(Act.IMPORT_PARTICIPANTS)
def discard(import_id: int) -> ResponseReturnValue:
    _load(import_id)
    if verbs.discard(current_user, import_id):
        return respond.done(url_for(".index"), _("The file is deleted. Nothing was changed."))
    return respond.told(_place(import_id), _("It is too late for that."))


@blueprint.get("/<id:import_id>/rejected")
@access.may(Act.IMPORT_PARTICIPANTS)
def rejected(import_id: int) -> ResponseReturnValue:
    """The lines that are rejected, as they stood in the file, with why."""
    found = _load(import_id)
    words = {reason: str(each) for reason, each in import_words.REASONS.items()}
    head = [*(found.headers or []), _("Reason"), _("Line")]
    rows = _rejected(current_app.app_context, import_id, head, words)
    response = Response(
        sheets.csv_parts(rows, found.delimiter or sheets.SEMICOLON), mimetype="text/csv"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="rejected-{import_id}.csv"'
    return response


@blueprint.errorhandler(RequestEntityTooLarge)
def too_much(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Nothing of it was kept."""
    return respond.refused(_index(str(import_words.PROBLEMS[FileProblem.TOO_LARGE])), code=413)


def _rejected(
    context: Callable[[], AppContext], import_id: int, head: list[str], words: dict[str, str]
) -> Iterator[list[str]]:
    """Nothing of the database is held while somebody takes a part of it, however slowly."""
    after = 0
    yield head
    while True:
        with context():
            found = reading.load(import_id)
            if found is None:
                return
            some = reading.page(found, LineOutcome.REJECTED, after, reading.SOME)
            for line in some.lines:
                cells = [*line.cells, *[""] * len(head)][: len(head) - 2]
                why = import_words.told(words.get(line.reason or "", ""), line.told)
                yield [*cells, why, str(line.number)]
        if some.further is None:
            return
        after = some.further


def _index(problem: str = "") -> str:
    return render_template(
        "imports/index.html", problem=problem, recent=reading.recent(), states=import_words.STATES
    )


def _context(import_id: int) -> dict[str, Any]:
    """What the page shows, for it and for its live update."""
    found = _load(import_id)
    outcome = request.args.get("outcome", type=LineOutcome)
    after = request.args.get("after", 0, type=access.row_id)
    ours = {each.id: each for each in fields.all_fields()}
    return {
        "found": found,
        "outcome": outcome,
        "after": after,
        "page": reading.page(found, outcome, after),
        "fields": ours,
        "words": import_words,
        "is_at_it": found.state in ENGINE_IS_AT_IT,
        "has_begun": verbs.has_begun(found),
        "is_undoable": verbs.is_undoable(found),
        "until": found.applied_at + verbs.UNDOABLE if found.applied_at else None,
        "left_out": _left_out(found),
    }


def _left_out(found: Import) -> list[str]:
    """What the columns call themselves that are none of ours."""
    pairs = zip(found.headers or [], found.columns or [], strict=False)
    return [name for name, key in pairs if name and key == columns.IGNORED]


def _load(import_id: int) -> Import:
    return reading.load(import_id) or abort(404)


def _place(import_id: int) -> str:
    return url_for(".show", import_id=import_id)
