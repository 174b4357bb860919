"""The card of a participant: a page of its own, or a fragment beside the conversation.

Each form of it is answered by the card as it is then, or as a whole by the page that it was on.
"""

from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import respond
from ..inbox import beside, place
from ..inbox.beside import Typed
from ..inbox.views import load

PAGE = "page"  # what a form of the page says of where it stands


def page(participant_id: int, **what: Any) -> str:
    return render_template("participants/show.html", **beside.context(load(participant_id), **what))


def card(participant_id: int, **what: Any) -> str:
    return render_template(
        "participants/_card.html", **beside.context(load(participant_id), **what)
    )


def done(
    participant_id: int, words: str = "", undo: respond.Undo | None = None
) -> ResponseReturnValue:
    fragment = partial(card, participant_id)
    return respond.done(_place(participant_id), words, fragment=fragment, undo=undo)


def told(participant_id: int, words: str) -> ResponseReturnValue:
    """Nothing was done, for the reason that `words` say."""
    return respond.told(_place(participant_id), words, fragment=partial(card, participant_id))


def refused(
    participant_id: int, *, typed: Typed | None = None, wrong: dict[str, Any] | None = None
) -> ResponseReturnValue:
    """What was typed stands there still, with what is wrong with it."""
    what = {"typed": typed, "wrong": wrong}
    fragment = partial(card, participant_id, **what)
    return respond.refused(partial(page, participant_id, **what), fragment=fragment)


def _place(participant_id: int) -> str:
    """The address of the page whose form was sent: their own, or the conversation's."""
    if request.form.get("place") == PAGE:
        return url_for("card.show", participant_id=participant_id, **place.in_list())
    return url_for("conversations.show", participant_id=participant_id, **place.in_list())
