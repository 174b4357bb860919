"""Trying the assistant as the page has it, before anything is saved."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ... import settings
from ...accounts.authority import Act
from ...assistant.retrieval import CANDIDATES
from ...knowledge import library, search, trials
from ...settings.definitions import stored
from ...settings.problem import Words
from .. import access, respond
from .assistant import PAGE, stage_told
from .forms import again
from .views import blueprint, rendered


@blueprint.post("/assistant/prompt")
@access.may(Act.CHANGE_SETTINGS)
def show_prompt() -> ResponseReturnValue:
    """The page as it was sent, with the prompt that this would make."""
    return _typed(_problems(), shows_prompt=True)


@blueprint.post("/assistant/trials")
@access.may(Act.CHANGE_SETTINGS)
def ask() -> ResponseReturnValue:
    """Have the question answered with what stands in the fields."""
    question = request.form.get("question", "").strip()
    problems = _problems()
    if not question:
        problems["question"] = _("Write a question first.")
    elif len(question) > trials.LONGEST:
        problems["question"] = _("At most %(number)d characters.", number=trials.LONGEST)
    if problems:
        return _typed(problems)
    trial = trials.ask(
        current_user,
        question,
        search.current_thresholds(),
        CANDIDATES,
        settings=_unsaved() or None,
        stage=stage_told(request.form.get("stage", "")),
    )
    return _typed({}, trial=trial, names=library.names())


def _problems() -> dict[str, Words]:
    try:
        settings.having(PAGE.given(request.form))
    except settings.Refused as refused:
        return dict(refused.problems)
    return {}


def _unsaved() -> dict[str, Any]:
    """What was typed and is not what is saved, as JSON holds it."""
    given, now = PAGE.given(request.form), settings.current()
    typed = settings.having(given)
    changed = (name for name in given if getattr(typed, name) != getattr(now, name))
    return {name: stored(getattr(typed, name)) for name in changed}


def _typed(problems: dict[str, Words], **shown: Any) -> ResponseReturnValue:
    """The page with all that was typed; nothing of it is saved."""
    given, seen = PAGE.given(request.form), PAGE.seen(request.form)
    values, marks = again(PAGE, given, seen, frozenset())
    page = rendered(PAGE, values, marks, problems, **shown)
    return respond.refused(page) if problems else page
