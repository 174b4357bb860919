"""The event stream: the names of what changed, to whoever has a page open."""

from typing import Any

from flask import Blueprint, Response, g, request, url_for

from ... import live
from ...database import db
from ...models import Role
from .. import access

blueprint = Blueprint("stream", __name__)


@blueprint.get("/stream")
@access.needs(Role.VIEWER)
def events() -> Response:
    hub = live.hub()
    queue = hub.subscribe(request.args.get("since", type=float))
    if queue is None:
        # The page polls meanwhile, and asks again after a while.
        return Response(status=204)
    db.session.remove()  # a stream lives long and needs no connection
    return Response(
        hub.events(queue),
        content_type="text/event-stream; charset=utf-8",
        headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
    )


@blueprint.app_context_processor
def _stream() -> dict[str, Any]:
    return {"stream": _address}


def _address() -> str:
    """Where the page hears what changed since it was asked for."""
    live.hub().listen()
    return url_for("stream.events", since=f"{g.asked_at:.3f}")
