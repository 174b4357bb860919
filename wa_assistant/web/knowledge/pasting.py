"""Text is written on these pages: pasted as a document, and edited where it stands."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...knowledge import documents, pasting
from ...knowledge.reasons import reason
from ...models import Defect, Document
from .. import access, respond
from .labels import uploader
from .views import blueprint, of_id

LONGEST_TITLE = 120


@blueprint.get("/paste")
@access.may(Act.CHANGE_DOCUMENTS)
def new_paste() -> ResponseReturnValue:
    return pasting_form({}, {})


@blueprint.post("/paste")
@access.may(Act.CHANGE_DOCUMENTS)
@access.takes(access.MOST_IN_MEMORY)
def paste() -> ResponseReturnValue:
    typed = {"title": request.form.get("title", ""), "text": request.form.get("text", "")}
    title, text = typed["title"].strip(), _lines(typed["text"])
    problems = {"title": _problem_of_title(title), "text": _problem_of_text(text)}
    if any(problems.values()):
        return respond.refused(pasting_form(typed, problems))
    try:
        replaces = request.form.get("replaces")
        document = pasting.paste(current_user, title, text, replaces=replaces)
    except documents.Refused as error:
        if error.defect == Defect.NAME_TAKEN:
            form = pasting_form(typed, problems, taken=pasting.name_of(title))
            return respond.refused(form)
        field = "title" if error.defect == Defect.UNKNOWN_KIND else "text"
        return respond.refused(pasting_form(typed, {field: reason(error.defect)}))
    return _saved(document)


@blueprint.get("/documents/<id:document_id>/text")
@access.may(Act.CHANGE_DOCUMENTS)
def edit_text(document_id: int) -> ResponseReturnValue:
    document = of_id(document_id)
    if pasting.text_of(document) is None:
        abort(404)
    return editing_form(document)


@blueprint.post("/documents/<id:document_id>/text")
@access.may(Act.CHANGE_DOCUMENTS)
@access.takes(access.MOST_IN_MEMORY)
def save_text(document_id: int) -> ResponseReturnValue:
    """What was typed is kept whatever became of the document meanwhile."""
    typed, seen = _lines(request.form.get("text", "")), request.form.get("seen", "")
    try:
        document = pasting.edit(current_user, document_id, typed, seen=seen)
    except documents.Refused as error:
        problem = _problem_of_text(typed) or reason(error.defect)
        form = editing_form(of_id(document_id), typed, seen, problem=problem)
        return respond.refused(form)
    except documents.Stale as stale:
        return respond.overtaken(_overtaken(stale.newer, typed))
    if document is None:
        return respond.overtaken(_anew(typed, _("This document was deleted meanwhile.")))
    return _saved(document)


def pasting_form(
    typed: dict[str, str], problems: dict[str, Any], *, taken: str = "", told: str = ""
) -> str:
    """`taken`: the name of another document, which may be replaced if that is what is meant.

    `told`: what became of the document that was being edited.
    """
    if taken:
        words = _("“%(name)s” is there already. Choose another title, or replace it.", name=taken)
        problems = problems | {"title": words}
    return render_template(
        "knowledge/paste.html",
        typed=typed,
        problems=problems,
        taken=taken,
        told=told,
        longest_title=LONGEST_TITLE,
    )


def editing_form(
    document: Document,
    typed: str | None = None,
    seen: str | None = None,
    *,
    problem: str = "",
    theirs: str | None = None,
) -> str:
    """`typed` was made from the text whose sha256 is `seen`, or will be from the present one.

    `theirs`: what a colleague has saved meanwhile.
    """
    return render_template(
        "knowledge/edit_text.html",
        document=document,
        text=pasting.text_of(document) if typed is None else typed,
        seen=seen or document.sha256,
        problem=problem,
        theirs=theirs,
    )


def _overtaken(newer: Document, typed: str) -> str:
    theirs = pasting.text_of(newer)
    if theirs is None:
        words = _("%(name)s has put a file in the place of this text.", name=uploader(newer))
        return _anew(typed, words)
    return editing_form(newer, typed, theirs=theirs)


def _anew(typed: str, told: str) -> str:
    """What was typed, to be saved as a document of its own."""
    return pasting_form({"title": request.form.get("title", ""), "text": typed}, {}, told=told)


def _saved(document: Document) -> ResponseReturnValue:
    page = url_for(".show", document_id=document.id)
    return respond.done(page, _("“%(name)s” is saved.", name=document.name))


def _lines(typed: str) -> str:
    """As the server writes them; a form ends each with two characters."""
    return typed.replace("\r\n", "\n")


def _problem_of_title(title: str) -> str | None:
    if not title:
        return str(_("Give it a title."))
    if len(title) > LONGEST_TITLE:
        return str(_("At most %(number)d characters.", number=LONGEST_TITLE))
    return None


def _problem_of_text(text: str) -> str | None:
    return None if text.strip() else str(_("Paste or write something first."))
