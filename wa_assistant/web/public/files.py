"""What we send is fetched here by Twilio, from an address that says itself how long it may.

It has the threads of pages, not those of webhooks, which no file may hold up.
"""

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from ...media import files, handed_out
from .. import access

blueprint = Blueprint("handed_out", __name__)

PLAIN = "file"  # what has no name of its own is called
KEPT_SECONDS = 600  # by whoever has fetched a file


@blueprint.get(f"{handed_out.PATH}/<token>")
@access.public
def show(token: str) -> ResponseReturnValue:
    """The file, or the part of it that is asked for, under the name it was given."""
    found = handed_out.found(token)
    if found is None:
        abort(404)
    response = send_file(
        files.path(found.file),
        mimetype=found.content_type,
        as_attachment=True,  # should somebody open it in a browser
        download_name=found.name or PLAIN,
        etag=found.sha256 or False,
        last_modified=None,
    )
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
