"""Writing as a person. What was typed is never lost: not by a reload, not by an expired session."""

import re
import secrets
from typing import Any

from flask import Blueprint, abort, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge

from ...accounts.authority import Act
from ...conversation import attached, outbox, reading, takeover
from ...media import limits, outgoing
from ...media.limits import MEGABYTE, MOST_AT_ONCE
from ...models import AidKind
from ...outreach import placeholders
from .. import access, respond, unsent
from ..access import row_id
from . import aids, place, quick_replies, quoting, uploads

blueprint = Blueprint("composer", __name__)

# Some messages' worth: what is too long for one goes out in parts.
MOST_CHARACTERS = unsent.MOST_CHARACTERS
SENT = "sent_form_key"
LIMITS = {
    "files": limits.MOST_FILES,
    "bytes": limits.LARGEST,
    "megabytes": limits.LARGEST // MEGABYTE,
}
FORM_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)


@blueprint.post("/conversations/<id:participant_id>/messages")
@access.may(Act.WRITE_MESSAGES)
@access.takes(MOST_AT_ONCE, often=True)
def send(participant_id: int) -> ResponseReturnValue:
    participant = reading.participant(participant_id)
    if participant is None:
        abort(404)
    body, form_key = written(), request.form.get("form_key", "")
    quote = quoting.shown(participant, _quote())
    problem = _problem(body, form_key)
    if problem is None and _quote() and quote is None:
        problem = _gone()
    if problem is None and quote and "as_quote" in request.form:
        body = attached.quoting(quote["line"], body)
    if problem is None:
        problem = _write(participant_id, body, form_key)
    return _answer(participant_id, written(), problem)


def _write(participant_id: int, body: str, form_key: str) -> str | None:
    """What is wrong with it, in words; None: it is sent."""
    try:
        files = uploads.taken()
    except uploads.UploadsError as error:
        return str(error)
    problem, sent = None, None
    try:
        sent = takeover.write(
            participant_id,
            current_user,
            body,
            form_key,
            although_stopped="although_stopped" in request.form,
            files=files,
            quoted_id=_quote(),
        )
        if sent is not None:
            quick_replies.sent()
    except takeover.StoppedError:
        problem = _(
            "They want no more messages from us. To write all the same, load the page again "
            "and confirm it."
        )
    except takeover.BlockedError:
        problem = _("They are blocked. Unblock them first: your text is kept.")
    except takeover.TakenOverByAnotherError as error:
        name = error.holder.label
        problem = _("%(name)s holds this conversation. Take it over first.", name=name)
    except takeover.NotAllowedError:
        abort(403)
    except takeover.KeyUsedError:
        problem = used()
    except takeover.NothingToQuoteError:
        problem = _gone()
    finally:
        if sent is None:
            outgoing.discard(files)
    return problem


@blueprint.errorhandler(CSRFError)
def stale(error: CSRFError) -> ResponseReturnValue:
    participant_id = (request.view_args or {})["participant_id"]
    return _answer(participant_id, written() if unsent.is_ours() else "", _stale())


@blueprint.errorhandler(RequestEntityTooLarge)
def too_much(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Nothing of it was read. Without a script what was typed is in the page one comes back to."""
    participant_id = (request.view_args or {})["participant_id"]
    most = MOST_AT_ONCE // MEGABYTE
    words = _("That is too much at once: %(most)d MB together at most.", most=most)
    if respond.by_htmx():
        # No form is read, not even for a new key: the old one was not used.
        return respond.to_script("refused", {"problem": words}, 422)
    return respond.told(url_for("conversations.show", participant_id=participant_id), words)


def written() -> str:
    """What was typed, with the line breaks people see; NUL is no character to a database."""
    return request.form.get("body", "").replace("\r\n", "\n").replace("\x00", "").strip()


def context(thread: dict[str, Any]) -> dict[str, Any]:
    """What a composer beside `thread` shows: a key of its own, and what was typed but not sent.

    Where that is nothing, it is what the assistant was about to say when this person took over;
    `suggested` says so, because what they have typed elsewhere is worth more.
    """
    participant = thread["participant"]
    kept, draft = unsent.take(participant.id), ""
    typed, quote = kept.body, kept.quote or request.args.get("quote", type=row_id)
    quick, quick_id = quick_replies.chosen(participant)
    if request.args.get("draft", type=row_id) == thread["draft_id"] is not None:
        draft = thread["draft"]  # asked for, in a page without a script
    elif participant.taken_over_by_id == current_user.id and not typed:
        draft = thread["draft"]
    return {
        "form_key": secrets.token_urlsafe(16),
        "sent_key": session.pop(SENT, "") if SENT in session else "",
        "unsent": "\n\n".join(filter(None, (typed, draft, quick, aids.suggested(participant)))),
        "suggested": not typed and bool(draft),
        "quick_id": quick_id,
        "suggestion": aids.context(participant, AidKind.SUGGESTION),
        "most_characters": MOST_CHARACTERS,
        "quote": quoting.shown(participant, quote),
        "limits": LIMITS,
    }


def _answer(participant_id: int, body: str, problem: str | None) -> ResponseReturnValue:
    if respond.by_htmx():
        said = {"problem": problem, "form_key": secrets.token_urlsafe(16)}
        event, code = ("refused", 422) if problem else ("sent", 204)
        return respond.to_script(event, said, code)
    page = place.of(participant_id)
    if problem:
        unsent.keep(participant_id, body, current_user.get_id(), _quote())
        return respond.told(page, problem)
    session[SENT] = request.form.get("form_key", "")
    return respond.done(page)


def _problem(body: str, form_key: str) -> str | None:
    if not body and not any(each.filename for each in request.files.getlist("files")):
        return str(_("Write something first."))
    if outbox.units(body) > MOST_CHARACTERS:  # as the browser counts
        most = _("A message may have %(number)d characters at most.", number=MOST_CHARACTERS)
        return str(most)
    if left := placeholders.left_in(body):
        return str(_("Fill in %(what)s first, or take it out.", what=", ".join(left)))
    if not FORM_KEY.fullmatch(form_key):
        return _stale()
    return None


def _quote() -> int | None:
    """The id of the message it replies to."""
    return request.form.get("quote", type=row_id)


def _gone() -> str:
    return str(_("The message you reply to is no longer there. Take the quote away to send this."))


def used() -> str:
    """Of a form whose earlier words are there already; the next one has a key of its own."""
    return str(_("An earlier version of this was sent already. Send again to send this too."))


def _stale() -> str:
    return str(_("This form is out of date. Load the page again; your text is kept."))
