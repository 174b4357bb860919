"""Trials: the team tries a question, and sees what is found and what would be answered."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...assistant.retrieval import CANDIDATES
from ...knowledge import library, search, trials, unanswered
from ...models import Trial
from .. import access, respond
from .views import blueprint


@blueprint.get("/trials")
@access.may(Act.TRY_QUESTIONS)
def trial() -> ResponseReturnValue:
    return _page({**_usual(), "question": request.args.get("question", "")}, {})


@blueprint.post("/trials")
@access.may(Act.TRY_QUESTIONS)
def ask() -> ResponseReturnValue:
    typed = {each: request.form.get(each, "").strip() for each in ("question", *_usual())}
    problems = _problems(typed)
    if any(problems.values()):
        return respond.refused(_page(typed, problems))
    thresholds = search.Thresholds(
        _number(typed["similarity_threshold"]) or 0.0, _number(typed["coverage_threshold"]) or 0.0
    )
    tried = trials.ask(current_user, typed["question"], thresholds, int(typed["most"]))
    return respond.done(url_for(".show_trial", trial_id=tried.id))


@blueprint.get("/trials/<id:trial_id>")
@access.may(Act.TRY_QUESTIONS)
def show_trial(trial_id: int) -> ResponseReturnValue:
    found = _of_id(trial_id)
    typed = {
        "question": found.question,
        "similarity_threshold": f"{found.similarity_threshold:g}",
        "coverage_threshold": f"{found.coverage_threshold:g}",
        "most": str(found.most),
    }
    return _page(typed, {}, **_result(found))


@blueprint.get("/trials/<id:trial_id>/result")
@access.may(Act.TRY_QUESTIONS)
def result(trial_id: int) -> ResponseReturnValue:
    return render_template("knowledge/_trial.html", **_result(_of_id(trial_id)))


def _page(typed: dict[str, str], problems: dict[str, Any], **shown: Any) -> str:
    return render_template(
        "knowledge/trial.html",
        typed=typed,
        problems=problems,
        longest=trials.LONGEST,
        most_passages=trials.MOST_PASSAGES,
        latest=trials.latest(),
        open_questions=unanswered.number(),
        **shown,
    )


def _result(trial: Trial) -> dict[str, Any]:
    return {"trial": trial, "names": library.names()}


def _usual() -> dict[str, str]:
    """How participants are answered."""
    thresholds = search.current_thresholds()
    return {
        "similarity_threshold": f"{thresholds.similarity:g}",
        "coverage_threshold": f"{thresholds.coverage:g}",
        "most": str(CANDIDATES),
    }


def _problems(typed: dict[str, str]) -> dict[str, str | None]:
    question, most = typed["question"], typed["most"]
    thresholds = ("similarity_threshold", "coverage_threshold")
    is_share = {each: _number(typed[each]) is not None for each in thresholds}
    between = str(_("A number from 0 to 1."))
    is_count = most.isascii() and most.isdigit() and len(most) < 4
    problems = {each: None if right else between for each, right in is_share.items()}
    problems["most"] = (
        None
        if is_count and 1 <= int(most) <= trials.MOST_PASSAGES
        else str(_("A number from 1 to %(most)d.", most=trials.MOST_PASSAGES))
    )
    problems["question"] = None
    if not question:
        problems["question"] = str(_("Write a question first."))
    elif len(question) > trials.LONGEST:
        problems["question"] = str(_("At most %(number)d characters.", number=trials.LONGEST))
    return problems


def _number(typed: str) -> float | None:
    """From 0 to 1, with a point or a comma; None for anything else."""
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def _of_id(trial_id: int) -> Trial:
    found = trials.of_id(trial_id)
    if found is None:
        abort(404)
    return found
