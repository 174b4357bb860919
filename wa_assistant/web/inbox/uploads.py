"""The files that a message is sent with: taken one by one, all of them or none."""

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...conversation.attached import Attached
from ...media import outgoing
from ...media.limits import LARGEST, MEGABYTE, MOST_FILES
from ...media.outgoing import Refusal, RefusedError

KINDS = _l("WhatsApp takes pictures, recordings, MP4 films, PDF, DOC, DOCX, XLSX and PPTX")
REASONS = {
    Refusal.EMPTY: _l("it is empty"),
    Refusal.DISGUISED: _l("it is not the kind of file its name says"),
    Refusal.PROGRAM: _l("it is a program, or holds one"),
    Refusal.FILM: _l("WhatsApp plays only MP4 films with H.264: convert it first"),
    Refusal.UNREADABLE: _l("it cannot be read: save it as JPEG, MP3 or PDF first"),
    Refusal.TELEPHONES_OWN: _l(
        "it is a HEIC photo, which cannot be converted here: export it as JPEG first. An iPhone "
        "takes JPEG photos with Settings, Camera, Formats, Most Compatible"
    ),
    Refusal.BUSY: _l("other files are being converted: send it again in a moment"),
}


class UploadsError(Exception):
    """A file is refused, for a reason in words, and none is kept."""


def taken() -> list[Attached]:
    """The files of this request in their places. Raises UploadsError."""
    given = [each for each in request.files.getlist("files") if each.filename]
    if len(given) > MOST_FILES:
        raise UploadsError(_("%(number)d files at once at most.", number=MOST_FILES))
    found: list[Attached] = []
    try:
        for each in given:
            found.append(outgoing.take(each.stream, each.filename or "", each.mimetype))
    except RefusedError as error:
        outgoing.discard(found)
        raise UploadsError(_words(each.filename or "", error.why)) from error
    except BaseException:
        outgoing.discard(found)
        raise
    return found


def _words(name: str, why: Refusal) -> str:
    if why == Refusal.TOO_LARGE:
        reason = _("it is larger than %(most)d MB", most=LARGEST // MEGABYTE)
    else:
        reason = str(KINDS if why == Refusal.KIND else REASONS[why])
    return str(_("“%(name)s” was not sent: %(reason)s.", name=name[:80], reason=reason))
