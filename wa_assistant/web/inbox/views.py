"""The team's view: who wrote, and each conversation as it is said."""

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, to_user_timezone
from flask_login import current_user

from ... import live
from ...accounts import sectors, users
from ...accounts.authority import Act
from ...conversation import (
    ai_calls,
    attention,
    identity,
    jumps,
    lists,
    reading,
    silence,
    status,
)
from ...conversation import search as searching
from ...database import utcnow
from ...delivery import resend
from ...models import UNTIL_RESUMED, Attention, Author, Message, Participant, Status
from ...operations import merge
from .. import access, respond
from ..access import row_id
from . import beside, composer, lines, place

blueprint = Blueprint("conversations", __name__)

PLACES = ("at", "note", "after", "before")
BRAZILIAN = re.compile(r"^\+55(\d{2})(\d{4,5})(\d{4})$")


@blueprint.get("/conversations")
@access.may(Act.READ_CONVERSATIONS)
def index() -> ResponseReturnValue:
    if respond.by_htmx():  # back from the first conversation that was opened
        return render_template("inbox/opened.html")
    return render_template("inbox/index.html", **list_context())


@blueprint.get("/conversations/list")
@access.may(Act.READ_CONVERSATIONS)
def listing() -> ResponseReturnValue:
    """The list alone, for the page that shows it; typed as an address it is that page."""
    page = "inbox/_list.html" if respond.by_htmx() else "inbox/index.html"
    return render_template(page, **list_context())


@blueprint.get("/conversations/filters")
@access.may(Act.READ_CONVERSATIONS)
def filters() -> ResponseReturnValue:
    """The lists alone, with how many stand in each."""
    page = "inbox/_filters.html" if respond.by_htmx() else "inbox/index.html"
    return render_template(page, **(filters_context() if respond.by_htmx() else list_context()))


@blueprint.get("/attention")
@access.may(Act.READ_CONVERSATIONS)
def calls() -> ResponseReturnValue:
    return render_template("inbox/_attention.html")


@blueprint.get("/conversations/<id:participant_id>")
@access.may(Act.READ_CONVERSATIONS)
def show(participant_id: int) -> ResponseReturnValue:
    """The page; for a script that has the list already, the conversation alone."""
    context = thread_context(participant_id)
    context |= composer.context(context) | beside.context(context["participant"])
    if respond.by_htmx():
        return render_template("inbox/opened.html", **context)
    return render_template("inbox/show.html", **{**list_context(participant_id), **context})


@blueprint.get("/conversations/<id:participant_id>/thread")
@access.may(Act.READ_CONVERSATIONS)
def thread(participant_id: int) -> ResponseReturnValue:
    return render_template("inbox/_thread.html", **thread_context(participant_id))


@blueprint.get("/conversations/<id:participant_id>/head")
@access.may(Act.READ_CONVERSATIONS)
def head(participant_id: int) -> ResponseReturnValue:
    return render_template("inbox/_head.html", **head_context(participant_id))


@blueprint.post("/conversations/<id:participant_id>/reading")
@access.may(Act.MARK_AS_READ)
def read(participant_id: int) -> ResponseReturnValue:
    """Said by a page whose end, message `up_to`, is really before somebody's eyes."""
    up_to = request.form.get("up_to", type=row_id)
    if up_to is None:
        abort(400)
    reading.mark_read(participant_id, up_to)
    # Without a script its reader has pressed a button.
    return respond.done(place.of(participant_id))


def list_context(open_id: int | None = None) -> dict[str, Any]:
    """What the list shows, for the page and for its live update; `open_id` is the one read."""
    here, search = place.listed(), request.args.get("q", "").strip()[: searching.LONGEST]
    before = request.args.get("before", type=reading.Place.parse)
    typed_since = request.endpoint == "conversations.listing" and respond.by_htmx()
    if typed_since and request.args.get("was", "") != search:
        before = None  # other words are searched for than this page was opened with
    if open_id:  # there it is the thread's older messages that are asked for
        before = request.args.get("page", type=reading.Place.parse)
    found = reading.listing(
        current_user, show=here.show, search=search, before=before, sort=here.sort
    )
    return {
        **filters_context(open_id),
        "listing": found,
        "last_messages": reading.last_messages([each.id for each in found.participants]),
        "page": before,
        "now": utcnow(),
        "until_resumed": UNTIL_RESUMED,
    }


def filters_context(open_id: int | None = None) -> dict[str, Any]:
    """The lists there are, and how many stand in each."""
    here, found = place.listed(), sectors.everything()
    return {
        "show": here.show,
        "sort": here.sort,
        "sectors": [(lists.of_sector(each), each.name) for each in found],
        "counts": lists.counts(current_user, found),
        "search": request.args.get("q", "").strip()[: searching.LONGEST],
        "open_id": open_id or request.args.get("open", type=row_id),
    }


def head_context(participant_id: int) -> dict[str, Any]:
    """What a conversation's head shows: who it is, who holds it, what one may do."""
    participant = load(participant_id)
    return {
        "participant": participant,
        "now": utcnow(),
        "window_left": participant.window_left(),
        "until_resumed": UNTIL_RESUMED,
        "heard": status.heard(participant_id) if access.allows(Act.KEEP_STATUS) else 0,
        "others": identity.others(participant) if _is_twice(participant) else (),
        "colleagues": users.assignable() if access.allows(Act.SEE_TO_ATTENTION) else (),
    }


def _is_twice(participant: Participant) -> bool:
    return participant.attention == Attention.TWO_ROWS


def thread_context(participant_id: int) -> dict[str, Any]:
    """What a thread shows, for the page and for its live update."""
    before, since = _page_asked_for(participant_id), request.args.get("since", type=row_id)
    messages, older = reading.thread(participant_id, before, since)
    following = jumps.following(participant_id, before)
    head = head_context(participant_id)
    return {
        **head,
        "fragment": live.thread(participant_id),
        "messages": messages,
        "thread": lines.of(head["participant"], messages, older, following),
        "calls_behind": ai_calls.behind(participant_id, messages),
        "before": before,
        "older_messages": older,
        "newer_messages": messages[-1].id if messages and following else None,
        "older": older,
        **_offers(head["participant"], messages, following is not None),
    }


def _page_asked_for(participant_id: int) -> int | None:
    """The message before which the page ends that an address names: with a message or a note on
    it, after a message, or before one."""
    at, note, after, before = (request.args.get(name, type=row_id) for name in PLACES)
    if note:
        at = jumps.beside(participant_id, note)
    if at:
        return jumps.end_of_page_with(participant_id, at)
    return jumps.end_of_page_after(participant_id, after) if after else before


def _offers(participant: Participant, messages: list[Message], elsewhere: bool) -> dict[str, Any]:
    """What may be sent after all: what failed, and what the assistant was about to say, which
    stands on the newest page alone and not `elsewhere`."""
    failed = [each.id for each in messages if resend.may_be_sent_again(each, participant)]
    said = [each for each in messages if each.author != Author.PARTICIPANT]
    unsaid = bool(said) and said[-1].status == Status.CANCELLED
    draft = silence.draft(participant.id) if unsaid and not elsewhere else ""
    return {
        "may_go_again": failed,
        "sent_again": resend.sent_again(participant.id, failed),
        "draft": draft,
        "draft_id": said[-1].id if draft else None,
    }


def load(participant_id: int) -> Participant:
    """Of who was merged with another, pages lead to who stays."""
    found = reading.participant(participant_id)
    if found is None:
        if stays := merge.merged_into(participant_id):
            place = url_for("conversations.show", participant_id=stays)
            abort(make_response(respond.leave(place)))
        abort(404)
    return found


@blueprint.app_template_filter()
def local_date(when: datetime) -> str:
    """The day in the team's zone, as a key."""
    return str(to_user_timezone(when).date().isoformat())


@blueprint.app_template_filter()
def seconds(milliseconds: int) -> str:
    """With one place, as the reader's language writes it."""
    return str(format_decimal(milliseconds / 1000, "0.0"))


@blueprint.app_template_filter()
def number(label: str) -> str:
    """A Brazilian number as people read it; any other label as it is."""
    return BRAZILIAN.sub(r"+55 \1 \2-\3", label)


@blueprint.app_context_processor
def _attention() -> dict[str, Any]:
    return {"attention_summary": attention.summary, "in_list": place.in_list}
