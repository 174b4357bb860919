"""How journeys, their problems and their differences are written on a page."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...journey.checks import (
    EARLIEST_EVENT,
    LATEST_EVENT,
    LONGEST_ANSWER_NAME,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    MOST_ANSWERS,
    MOST_CHARACTERS,
    MOST_STAGES,
    Problem,
)
from ...journey.definition import After, Begins, Stage, Unit
from ...journey.placing import Begins as Begin
from ...models import ConsentMode
from ...models.answer import Kind

LANGUAGES = {"pt": _l("Portuguese"), "en": _l("English")}
CONSENT = {
    ConsentMode.ASK: _l("Ask first"),
    ConsentMode.NOTIFY: _l("Say it in one line"),
}
CONSENT_HINTS = {
    ConsentMode.ASK: _l("Nothing begins, and nothing goes to the model, before a typed yes."),
    ConsentMode.NOTIFY: _l("One line of notice opens the first answer."),
}
KINDS = {
    Kind.TEXT: _l("Text"),
    Kind.NUMBER: _l("Number"),
    Kind.CHOICE: _l("Choice"),
    Kind.YES_NO: _l("Yes or no"),
    Kind.DATE: _l("Date"),
}
FIELDS = {
    "name": _l("Name"),
    "language": _l("Language"),
    "event_date": _l("Date of the event"),
    "consent": _l("Consent"),
    "purpose": _l("Purpose"),
    "opening": _l("Opening words"),
    "begins": _l("Begins"),
    "kind": _l("Kind"),
    "required": _l("Required"),
    "hint": _l("Question"),
    "options": _l("Options"),
}
PROBLEMS = {
    Problem.NO_STAGE: _l("A journey needs at least one stage."),
    Problem.MISSING: _l("This is missing."),
    Problem.NOT_A_KEY: _l("Small letters without accents, digits and hyphens, a letter first."),
    Problem.TWICE: _l("There is one of this name already."),
    Problem.NO_OPTIONS: _l("A choice needs at least two options, one a line."),
    Problem.NOT_A_NUMBER: _l("This must be a whole number from 0 to 5000."),
    Problem.UNKNOWN_STAGE: _l("It begins after a stage that does not come before it."),
    Problem.TOO_EARLY: _l("It would begin before the stage it follows."),
    Problem.NO_EVENT_DATE: _l("A stage begins after the event: say when that is."),
    Problem.FIRST_IS_TIMED: _l("The first stage begins with the first word: at once."),
    Problem.NOT_A_DATE: _l("This is no date."),
    Problem.NOT_KEPT: _l("It holds a character that cannot be kept: type it anew."),
}
# When a stage begins for somebody who was put into it.
BEGINS = {
    Begin.NOW: _l("It begins now."),
    Begin.WRITING: _l("It begins with the answer to what they wrote."),
    Begin.WINDOW_CLOSED: _l("Its opening words go out once they write: the window is closed."),
    Begin.QUIET: _l("It begins when the quiet hours end."),
    Begin.NOT_TOLD: _l("It begins once they write: they never heard from us."),
    Begin.CONSENT: _l("It begins once they have said yes: this journey asks for it."),
    Begin.SILENCED: _l("It begins once the assistant may speak again and they write."),
    Begin.STOPPED: _l("They have stopped us: nothing goes to them before they come back."),
    Begin.BLOCKED: _l("They are blocked: nothing goes to them."),
    Begin.NEVER: _l("They are in no journey."),
}
# What would become of another stage, which is named.
UNFIT = {
    Problem.TOO_EARLY: _l("“%(name)s” would begin earlier than a stage before it."),
    Problem.UNKNOWN_STAGE: _l("“%(name)s” would follow a stage that comes before it no more."),
    Problem.FIRST_IS_TIMED: _l("“%(name)s” would come first, but the first stage begins at once."),
}
MOST = {
    "stages": MOST_STAGES,
    "answers": MOST_ANSWERS,
    "opening": MOST_CHARACTERS,
    "purpose": LONGEST_PURPOSE,
    "hint": MOST_CHARACTERS,
    "options": MOST_CHARACTERS,
}


def init_app(app: Flask) -> None:
    for name, words in {"journey_language": LANGUAGES, "consent": CONSENT}.items():
        app.add_template_filter(lambda key, words=words: words.get(key, key), name)
    for written in (begins, when_it_begins, problem, unfit, field_name, difference):
        app.add_template_filter(written)
    app.add_template_filter(lambda key: str(KINDS.get(key, key)), "answer_kind")
    app.add_template_filter(lambda key: str(CONSENT_HINTS.get(key, "")), "consent_hint")
    app.add_template_filter(lambda when: str(format_date(when, "long")), "long_date")
    app.jinja_env.globals["answer_kinds"] = KINDS
    app.jinja_env.globals.update(people_in=people_in, people_chosen=people_chosen)


def problem(what: Any, field: str = "") -> str:
    """The sentence for a Problem; "" where there is none."""
    if not what:
        return ""
    if what == Problem.TOO_MANY:
        return str(_("At most %(number)d.", number=MOST.get(field, MOST_STAGES)))
    if what == Problem.TOO_LONG:
        short = LONGEST_ANSWER_NAME if field == "answer" else LONGEST_NAME
        return str(_("At most %(number)d characters.", number=MOST.get(field, short)))
    if what == Problem.TOO_LONG_TOGETHER:
        words = _l("Question and options: at most %(number)d characters together.")
        return str(words % {"number": MOST_CHARACTERS})
    if what == Problem.FAR_DATE:
        years = {"first": EARLIEST_EVENT.year, "last": LATEST_EVENT.year}
        return str(_("The year must be from %(first)d to %(last)d.", **years))
    return str(PROBLEMS.get(what, what))


def unfit(what: Problem, name: str) -> str:
    """Why a change is refused: the stage called `name` would not fit any more."""
    words = UNFIT.get(what, _l("“%(name)s” would not fit any more."))
    return str(words % {"name": name})


def begins(when: Begins, stages: Any = ()) -> str:
    """When a stage begins, in words; `stages` have the names of those it may follow."""
    if when.after == After.PREVIOUS:
        return str(_("At once after the one before"))
    names = {stage.key: stage.name for stage in stages if isinstance(stage, Stage)}
    length = _length(when)
    if when.after == After.EVENT:
        return str(_("%(length)s after the event", length=length))
    name = names.get(when.stage, when.stage)
    return str(_("%(length)s after “%(name)s”", length=length, name=name))


def people_in(journey_id: int, version_id: int, stage: str = "") -> str:
    """Where those are listed who are in a version, or in a stage of it."""
    place = {"journey": journey_id, "version": version_id, "stage": stage}
    return people_chosen((name, str(value)) for name, value in place.items() if value)


def people_chosen(pairs: Iterable[tuple[str, str]]) -> str:
    """Where a selection of participants is listed."""
    return f"/participants?{urlencode(list(pairs))}"


def when_it_begins(when: str) -> str:
    """What follows from where somebody was put (journey/placing.py), as a sentence."""
    return str(BEGINS.get(Begin(when), when))


def field_name(name: str) -> str:
    return str(FIELDS.get(name, name))


def difference(value: Any, field: str, stages: Any = ()) -> str:
    """A value of a field as a comparison shows it; "" for nothing."""
    if isinstance(value, Begins):
        return begins(value, stages)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, date):
        return str(format_date(value, "long"))
    if isinstance(value, tuple):
        return "\n".join(str(each) for each in value)
    tables: dict[str, dict[Any, Any]] = {"language": LANGUAGES, "consent": CONSENT, "kind": KINDS}
    return str(tables.get(field, {}).get(value, value or ""))


def _length(when: Begins) -> str:
    if when.unit == Unit.DAYS:
        return str(ngettext("%(num)d day", "%(num)d days", when.amount))
    return str(ngettext("%(num)d hour", "%(num)d hours", when.amount))
