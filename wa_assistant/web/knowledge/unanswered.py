"""Questions the documents did not answer: looked at by all, answered or dismissed by editors."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts.authority import Act
from ...knowledge import documents, pasting, unanswered
from ...knowledge.reasons import reason
from ...models import Defect
from .. import access, respond
from ..access import row_id
from .pasting import LONGEST_TITLE
from .views import blueprint

SHOWN = 50  # groups; the others move up as these are settled


@blueprint.get("/unanswered")
@access.may(Act.READ_KNOWLEDGE)
def unanswered_questions() -> ResponseReturnValue:
    return render_template(
        "knowledge/unanswered.html", open_questions=unanswered.number(), **_context()
    )


@blueprint.get("/unanswered/list")
@access.may(Act.READ_KNOWLEDGE)
def unanswered_list() -> ResponseReturnValue:
    return render_template("knowledge/_unanswered.html", **_context())


@blueprint.get("/unanswered/entry")
@access.may(Act.ANSWER_QUESTIONS)
def new_entry() -> ResponseReturnValue:
    ids = request.args.getlist("ids", type=row_id)
    asked = unanswered.of_ids(ids)
    if not asked:
        return _settled_already()
    question = asked[0].question
    return _entry(ids, {"title": question[:LONGEST_TITLE], "question": question}, {})


@blueprint.post("/unanswered/entry")
@access.may(Act.ANSWER_QUESTIONS)
@access.takes(access.MOST_IN_MEMORY)
def write_entry() -> ResponseReturnValue:
    ids = request.form.getlist("ids", type=row_id)
    typed = {each: request.form.get(each, "").strip() for each in ("title", "question", "answer")}
    problems = _problems(typed)
    if not any(problems.values()):
        text = unanswered.entry(typed["question"], typed["answer"].replace("\r\n", "\n"))
        try:
            document = pasting.paste(current_user, typed["title"], text)
        except documents.Refused as error:
            problems |= _refusal(error.defect)
        else:
            unanswered.settle(current_user, ids, answered=True)
            words = _("“%(name)s” is saved. The assistant answers from it once it is ready.")
            return respond.done(url_for(".unanswered_questions"), words % {"name": document.name})
    return respond.refused(_entry(ids, typed, problems))


@blueprint.post("/unanswered/dismissal")
@access.may(Act.ANSWER_QUESTIONS)
def dismiss_questions() -> ResponseReturnValue:
    number = unanswered.settle(current_user, request.form.getlist("ids", type=row_id))
    if not number:
        return _settled_already()
    words = ngettext("%(num)d question is dismissed.", "%(num)d questions are dismissed.", number)
    return respond.done(url_for(".unanswered_questions"), words)


def _settled_already() -> ResponseReturnValue:
    words = _("These questions are open no more: somebody has seen to them.")
    return respond.told(url_for(".unanswered_questions"), words)


def _problems(typed: dict[str, str]) -> dict[str, Any]:
    problems: dict[str, Any] = dict.fromkeys(typed)
    if not typed["question"]:
        problems["question"] = _("Write a question first.")
    if not typed["answer"]:
        problems["answer"] = _("Write an answer first.")
    if not typed["title"]:
        problems["title"] = _("Give it a title.")
    elif len(typed["title"]) > LONGEST_TITLE:
        problems["title"] = _("At most %(number)d characters.", number=LONGEST_TITLE)
    return problems


def _refusal(defect: Defect) -> dict[str, Any]:
    if defect == Defect.NAME_TAKEN:
        return {"title": _("There is a document of this name already. Choose another one.")}
    return {"title" if defect == Defect.UNKNOWN_KIND else "answer": reason(defect)}


def _entry(ids: list[int], typed: dict[str, str], problems: dict[str, Any]) -> str:
    return render_template(
        "knowledge/entry.html",
        ids=ids,
        asked=unanswered.of_ids(ids),
        typed=typed,
        problems=problems,
        longest_title=LONGEST_TITLE,
    )


def _context() -> dict[str, Any]:
    groups = unanswered.groups()
    return {"groups": groups[:SHOWN], "more": len(groups[SHOWN:])}
