"""The event stream: the names of what changed, to whoever has a page open."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, g, request, session, url_for
from flask_login import current_user

from ... import live
from ...accounts import sessions
from ...accounts.authority import Act
from ...database import db
from .. import access

blueprint = Blueprint("stream", __name__)


@blueprint.get("/stream")
@access.may(Act.SEE_DASHBOARD)
def events() -> Response:
    hub = live.hub()
    queue = hub.subscribe(request.args.get("since", type=float))
    if queue is None:
        # The page polls meanwhile, and asks again after a while.
        return Response(status=204)
    lasts = _lasts()
    db.session.remove()  # a stream lives long and needs no connection
    return Response(
        hub.events(queue, lasts),
        content_type="text/event-stream; charset=utf-8",
        headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
    )


def _lasts() -> Callable[[], bool]:
    """Asked while the stream is open: whether it is still theirs who opened it, as they were."""
    context = current_app.app_context
    opened_by, key = (current_user.id, current_user.role), session[access.SESSION]

    def lasts() -> bool:
        with context():
            user = sessions.user(opened_by[0], key)
            return user is not None and (user.id, user.role) == opened_by

    return lasts


@blueprint.app_context_processor
def _stream() -> dict[str, Any]:
    return {"stream": _address}


def _address() -> str:
    """Where the page hears what changed since it was asked for."""
    live.hub().listen()
    return url_for("stream.events", since=f"{g.asked_at:.3f}")
