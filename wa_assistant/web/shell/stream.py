"""The event stream: the names of what changed, to whoever has a page open."""

from flask import Blueprint, Response

from ... import live
from ...database import db
from ...models import Role
from .. import access

blueprint = Blueprint("stream", __name__)


@blueprint.get("/stream")
@access.needs(Role.VIEWER)
def events() -> Response:
    hub = live.hub()
    queue = hub.subscribe()
    if queue is None:
        # The page polls meanwhile, and asks again after a while.
        return Response(status=204)
    db.session.remove()  # a stream lives long and needs no connection
    return Response(
        hub.events(queue),
        content_type="text/event-stream; charset=utf-8",
        headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
    )
