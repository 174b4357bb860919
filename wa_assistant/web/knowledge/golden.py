"""The golden set: questions whose document is known, and how well the search finds it."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...knowledge import golden, library, unanswered
from .. import access, respond
from .views import blueprint


@blueprint.get("/golden")
@access.may(Act.READ_KNOWLEDGE)
def golden_set() -> ResponseReturnValue:
    return _page({}, {})


@blueprint.get("/golden/list")
@access.may(Act.READ_KNOWLEDGE)
def golden_list() -> ResponseReturnValue:
    return render_template("knowledge/_golden.html", **_context())


@blueprint.post("/golden")
@access.may(Act.KEEP_GOLDEN_SET)
def add_golden() -> ResponseReturnValue:
    typed = {each: request.form.get(each, "").strip() for each in ("question", "document")}
    problems = {"question": None, "document": None}
    if not typed["question"]:
        problems["question"] = _("Write a question first.")
    elif len(typed["question"]) > golden.LONGEST:
        problems["question"] = _("At most %(number)d characters.", number=golden.LONGEST)
    if not library.is_named(typed["document"]):
        problems["document"] = _("There is no document of this name.")
    if any(problems.values()):
        return respond.refused(_page(typed, problems))
    golden.add(current_user, typed["question"], typed["document"])
    return respond.done(url_for(".golden_set"), _("The question is in the golden set."))


@blueprint.post("/golden/<id:question_id>/deletion")
@access.may(Act.KEEP_GOLDEN_SET)
def remove_golden(question_id: int) -> ResponseReturnValue:
    if not golden.remove(current_user, question_id):
        abort(404)
    return respond.done(url_for(".golden_set"), _("The question is no longer in the golden set."))


@blueprint.post("/golden/measurements")
@access.may(Act.KEEP_GOLDEN_SET)
def measure_golden() -> ResponseReturnValue:
    if golden.request(current_user) is None:
        return respond.told(url_for(".golden_set"), _("There is no question to measure by."))
    return respond.done(url_for(".golden_set"))


def _page(typed: dict[str, str], problems: dict[str, Any]) -> str:
    return render_template(
        "knowledge/golden.html",
        typed=typed,
        problems=problems,
        longest=golden.LONGEST,
        names=library.names(),
        open_questions=unanswered.number(),
        **_context(),
    )


def _context() -> dict[str, Any]:
    last, before = golden.results()
    return {
        "questions": golden.everything(),
        "under_way": golden.under_way(),
        "last": last,
        "before": before,
    }
