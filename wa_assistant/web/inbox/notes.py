"""Notes: written beside the composer, changed and deleted on a page of their own."""

import re
import secrets
from functools import partial
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts import users
from ...accounts.authority import Act
from ...conversation import mentions, notes
from ...models import NOTE_CHARACTERS, Note, User
from ...notify import email
from .. import access, respond
from ..access import row_id
from ..shell.locale import language
from . import place
from .composer import FORM_KEY, used, written
from .views import load

blueprint = Blueprint("notes", __name__, url_prefix="/conversations/<id:participant_id>/notes")


@blueprint.post("")
@access.may(Act.WRITE_NOTES)
def write(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    body, key = written(), request.form.get("form_key", "")
    problem = _problem(body) or ("" if FORM_KEY.fullmatch(key) else _stale())
    told: list[User] = []
    if not problem:
        try:
            told = notes.write(participant_id, current_user, body, key)
        except mentions.NotToldError as error:
            problem = _not_told(error)
        except notes.KeyUsedError:
            problem = used()
    if problem:
        return _refused(participant_id, body, problem)
    _tell(participant_id, told)
    if respond.by_htmx():
        said = {"form_key": secrets.token_urlsafe(16), "told": _told(told)}
        return respond.to_script("noted", said)
    return respond.done(place.of(participant_id), _told(told) or _("The note is kept."))


@blueprint.get("/<id:note_id>")
@access.may(Act.WRITE_NOTES)
def show(participant_id: int, note_id: int) -> ResponseReturnValue:
    note = _own(participant_id, note_id)
    return _page(participant_id, note.body, note=note, revision=note.revision)


@blueprint.post("/<id:note_id>")
@access.may(Act.WRITE_NOTES)
def change(participant_id: int, note_id: int) -> ResponseReturnValue:
    note, body = _own(participant_id, note_id), written()
    seen = request.form.get("as_seen", type=row_id) or abort(400)
    page = partial(_page, participant_id, body, note=note, revision=seen)
    if problem := _problem(body):
        return respond.refused(partial(page, problem=problem))
    try:
        told = notes.edit(note_id, current_user, body, seen)
    except mentions.NotToldError as error:
        return respond.refused(partial(page, problem=_not_told(error)))
    except notes.OvertakenError as theirs:
        words = _("It was changed meanwhile; what it says now stands beneath.")
        page = partial(page, revision=theirs.revision, problem=words, now=theirs.body)
        return respond.overtaken(page)
    _tell(participant_id, told)
    return respond.done(_at(participant_id, note_id), _told(told))


@blueprint.post("/<id:note_id>/deletion")
@access.may(Act.WRITE_NOTES)
def remove(participant_id: int, note_id: int) -> ResponseReturnValue:
    _own(participant_id, note_id)
    notes.remove(note_id, current_user)
    return respond.done(place.of(participant_id), _("The note is deleted."))


def _refused(participant_id: int, body: str, problem: str) -> ResponseReturnValue:
    """What was typed stays where it is, and without a script stands on the note's own page."""
    if respond.by_htmx():
        said = {"problem": problem, "form_key": secrets.token_urlsafe(16)}
        return respond.to_script("refused", said, 422)
    return respond.refused(partial(_page, participant_id, body, problem=problem))


def _page(
    participant_id: int,
    body: str,
    *,
    note: Note | None = None,
    revision: int | None = None,
    problem: str = "",
    now: str = "",
) -> str:
    return render_template(
        "inbox/note_page.html",
        participant=load(participant_id),
        note=note,
        body=body,
        revision=revision,
        problem=problem,
        now=now,
        form_key=secrets.token_urlsafe(16),
        most_characters=NOTE_CHARACTERS,
    )


def _own(participant_id: int, note_id: int) -> Note:
    note = notes.find(note_id)
    if note is None or note.participant_id != participant_id:
        abort(404)
    if note.user_id != current_user.id:
        abort(403)
    return note


def _at(participant_id: int, note_id: int) -> str:
    return f"{place.of(participant_id)}#note-{note_id}"


def _tell(participant_id: int, told: list[User]) -> None:
    if current_app.config["SMTP_CONNECTED"]:
        for user in told:
            email.mention(user, participant_id, language(), current_user)


def _told(told: list[User]) -> str:
    if not told:
        return ""
    names = ", ".join(each.label for each in told)
    return str(ngettext("%(names)s is told.", "%(names)s are told.", len(told), names=names))


def _problem(body: str) -> str:
    if not body:
        return str(_("Write something first."))
    if len(body) > NOTE_CHARACTERS:
        return str(_("A note may have %(number)d characters at most.", number=NOTE_CHARACTERS))
    return ""


def _not_told(error: mentions.NotToldError) -> str:
    if isinstance(error, mentions.DeactivatedError):
        words = _(
            "%(name)s is of the team no more and would not be told. Take the @ away, or name "
            "somebody else.",
            name=error.name,
        )
    else:
        words = _(
            "Several colleagues are called %(name)s. Write the whole name after the @.",
            name=error.name,
        )
    return str(words)


def _stale() -> str:
    return str(_("This form is out of date. Load the page again; your text is kept."))


@blueprint.app_template_filter()
def naming(note: Note) -> list[tuple[str, bool]]:
    """What a note says, in parts: a name in it that was told of it, and the words between."""
    names = sorted((f"@{each.user.label}" for each in note.mentions), key=len, reverse=True)
    if not names:
        return [(note.body, False)]
    parts = re.split("(" + "|".join(map(re.escape, names)) + ")", note.body, flags=re.IGNORECASE)
    return [(part, number % 2 == 1) for number, part in enumerate(parts) if part]


@blueprint.app_context_processor
def _context() -> dict[str, Any]:
    return {
        "note_characters": NOTE_CHARACTERS,
        "note_key": lambda: secrets.token_urlsafe(16),
        "note_readers": lambda: [each.label for each in users.everybody() if each.active],
    }
