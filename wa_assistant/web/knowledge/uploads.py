"""Documents come, are replaced, tried again and go, by editors and owners."""

from collections.abc import Container

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from ...accounts.authority import Act
from ...knowledge import documents, reading, reindex
from ...knowledge.reasons import reason
from ...models import Defect
from .. import access, respond
from .pasting import editing_form, pasting_form
from .views import blueprint, document_page, of_id, page

MEGABYTE = 1024 * 1024
MOST_AT_ONCE = 200 * MEGABYTE  # of files in one form, with what stands between them


@blueprint.post("/documents")
@access.may(Act.CHANGE_DOCUMENTS)
@access.takes(MOST_AT_ONCE)
def upload() -> ResponseReturnValue:
    """Each file by itself: what is refused keeps none of the others."""
    given = [each for each in request.files.getlist("files") if each.filename]
    if not given:
        return respond.refused(page(problem=_("Choose a file first.")))
    refused: list[tuple[str, str]] = []
    stored: dict[str, documents.Stored] = {}
    for file in given:
        try:
            accepted = _accepted(file, stored)
            stored[accepted.name] = documents.store(current_user, [accepted])[0]
        except documents.Refused as error:
            refused.append((file.filename or "", reason(error.defect)))
    if refused:
        return respond.refused(page(refused=refused, taken=_taken(stored)))
    return respond.done(url_for(".index"), _taken(stored))


@blueprint.post("/documents/<id:document_id>/file")
@access.may(Act.CHANGE_DOCUMENTS)
@access.takes(MOST_AT_ONCE)
def replace(document_id: int) -> ResponseReturnValue:
    of_id(document_id)
    file = request.files.get("file")
    if file is None or not file.filename:
        return respond.refused(document_page(document_id, problem=_("Choose a file first.")))
    try:
        document = documents.replace(current_user, document_id, file.filename, _content(file))
    except documents.Refused as error:
        return respond.refused(document_page(document_id, problem=reason(error.defect)))
    if document is None:
        abort(404)
    words = _("The new file is uploaded. Until it is ready, the earlier one is found.")
    return respond.done(url_for(".show", document_id=document_id), words)


@blueprint.post("/documents/<id:document_id>/retry")
@access.may(Act.CHANGE_DOCUMENTS)
def retry(document_id: int) -> ResponseReturnValue:
    of_id(document_id)
    document = url_for(".show", document_id=document_id)
    if documents.retry(current_user, document_id):
        return respond.done(document, _("It is tried once more."))
    return respond.told(document, _("There is nothing to try again: somebody has seen to it."))


@blueprint.post("/documents/<id:document_id>/deletion")
@access.may(Act.CHANGE_DOCUMENTS)
def delete(document_id: int) -> ResponseReturnValue:
    name = documents.delete(current_user, document_id)
    if name is None:
        abort(404)
    words = _("“%(name)s” is deleted. The assistant answers from it no more.", name=name)
    return respond.done(url_for(".index"), words)


@blueprint.post("/reindexing")
@access.may(Act.CHANGE_DOCUMENTS)
def begin_reindexing() -> ResponseReturnValue:
    if reindex.start(current_user):
        words = _("Reindexing has begun. Until it is through, all is found as before.")
        return respond.done(url_for(".index"), words)
    words = _("No model is connected: documents are found by their words alone.")
    return respond.told(url_for(".index"), words)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_much(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Nothing of it was read."""
    if request.endpoint == "knowledge.paste":
        return respond.refused(pasting_form({}, {"text": reason(Defect.TOO_LARGE)}), code=413)
    if request.endpoint == "knowledge.save_text":
        document = of_id((request.view_args or {})["document_id"])
        form = editing_form(document, problem=reason(Defect.TOO_LARGE))
        return respond.refused(form, code=413)
    words = _(
        "That is too much at once, and nothing was uploaded: %(most)d MB together at most. Upload"
        " a few at a time.",
        most=MOST_AT_ONCE // MEGABYTE,
    )
    if request.endpoint == "knowledge.replace":
        document_id = (request.view_args or {})["document_id"]
        return respond.refused(document_page(document_id, problem=words), code=413)
    return respond.refused(page(problem=words), code=413)


def _accepted(file: FileStorage, taken: Container[str]) -> documents.Upload:
    upload = documents.accept(file.filename or "", _content(file))
    if upload.name in taken:  # of another folder; it would replace the first
        raise documents.Refused(Defect.NAME_TAKEN)
    return upload


def _content(file: FileStorage) -> bytes:
    """One byte more than is taken, and no more, shows that it is too large."""
    return file.stream.read(reading.LARGEST + 1)


def _taken(stored: dict[str, documents.Stored]) -> str:
    new = sum(each.new for each in stored.values())
    words = []
    if new:
        words.append(
            ngettext("%(num)d document is uploaded.", "%(num)d documents are uploaded.", new)
        )
    if as_before := len(stored) - new:
        words.append(
            ngettext(
                "%(num)d document is the same as before.",
                "%(num)d documents are the same as before.",
                as_before,
            )
        )
    return " ".join(words)
