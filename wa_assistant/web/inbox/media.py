"""Participants' files, for signed-in eyes only. They are others' bytes on our own address: what is
shown is what no browser runs, and everything else is only ever saved.
"""

import mimetypes

from flask import Blueprint, abort, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...audit import openings
from ...media import files, may_hear
from ...models import Media, MediaStep, Message, Participant
from .. import access
from ..shell.labels import kind
from .takeover import done, told
from .views import load

blueprint = Blueprint("media", __name__)

PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
SOUNDS = {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/wav", "audio/webm"}
FILMS = {"video/mp4", "video/webm", "video/3gpp"}
# In its own origin without scripts, should somebody open it by its address.
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
ENDINGS = {"audio/ogg": ".ogg", "audio/mp4": ".m4a", "audio/wav": ".wav", "image/webp": ".webp"}


@blueprint.get("/media/<id:media_id>")
@access.may(Act.READ_CONVERSATIONS)
def show(media_id: int) -> ResponseReturnValue:
    """The file itself, or the part of it that is asked for; with `save` always as a download."""
    file = files.kept(media_id)
    if file is None:
        abort(404)
    response = send_file(
        files.path(file.file),
        mimetype=file.content_type,
        as_attachment="save" in request.args or not shows(file),
        download_name=file_name(file),
        etag=file.sha256 or False,
        last_modified=None,
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    openings.opened(current_user, files.conversation(file))
    return response


def shows(file: Media) -> bool:
    """Whether a browser may show the file, rather than save it."""
    return file.content_type in PICTURES | SOUNDS | FILMS


def file_name(file: Media) -> str:
    """What the file is called when it is saved: its sender's name for it, or a plain one."""
    ending = ENDINGS.get(file.content_type) or mimetypes.guess_extension(file.content_type) or ""
    return file.name or f"whatsapp-{file.id}{ending}"


@blueprint.app_template_filter()
def shown_as(file: Media) -> str:
    """ "picture", "sound", "film", or nothing for what can only be saved."""
    if not file.is_kept:
        return ""
    shapes = {"picture": PICTURES, "sound": SOUNDS, "film": FILMS}
    return next((name for name, types in shapes.items() if file.content_type in types), "")


@blueprint.app_template_filter()
def hearing(file: Media, participant: Participant) -> str:
    """What becomes of a voice message: "under way", "may be asked for", or nothing."""
    if may_hear.may_be_asked_for(file, participant):
        return "may be asked for"
    return "under way" if file.step in (MediaStep.TRANSCRIBE, MediaStep.WANTED) else ""


@blueprint.post("/conversations/<id:participant_id>/files/<id:media_id>/transcript")
@access.may(Act.TRANSCRIBE)
def write_down(participant_id: int, media_id: int) -> ResponseReturnValue:
    load(participant_id)
    if may_hear.ask_for(participant_id, media_id, current_user):
        return done(participant_id)
    return told(participant_id, _("This voice message cannot be written down."))


@blueprint.app_template_filter()
def title(file: Media, message: Message) -> str:
    """What a file is called on a page."""
    return file.name or str(kind(message.kind))


@blueprint.app_template_filter()
def file_type(file: Media) -> str:
    """Short, as people say it: PDF, DOCX, ZIP."""
    name = file.name.rpartition(".")[2] if "." in file.name else ""
    guessed = (mimetypes.guess_extension(file.content_type) or "").removeprefix(".")
    found = name or guessed
    known = found.isalnum() and len(found) <= 5 and found != "bin"
    return found.upper() if known else str(_("file"))


@blueprint.app_template_filter()
def bytes_of(size: int | None) -> str:
    """With a unit people know."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{format_decimal(round(size / 1000))} kB"
    return f"{format_decimal(round(size / 1_000_000, 1))} MB"
