"""Colleagues' pictures, from our own server. They are others' bytes: see inbox/media.py."""

from io import BytesIO

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from ...accounts import pictures
from ...accounts.authority import Act
from .. import access
from ..inbox.media import POLICY

blueprint = Blueprint("pictures", __name__)

KEPT_SECONDS = 86_400


@blueprint.get("/users/<id:user_id>/picture")
@access.may(Act.SEE_DASHBOARD)
def show(user_id: int) -> ResponseReturnValue:
    picture = pictures.of(user_id)
    if picture is None:
        abort(404)
    response = send_file(
        BytesIO(picture.content), mimetype=picture.content_type, etag=picture.sha256
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response
