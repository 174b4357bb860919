"""Files of a colleague's, made into what WhatsApp takes and put in their place, or refused.

WhatsApp takes few kinds, each up to a size; what is refused there is a message that did not arrive,
so it is refused here. What a browser says of a file is not believed: its bytes say what it is.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import IO

from ..conversation.attached import Attached
from ..models import Media
from ..work.apart import Busy
from . import files, recordings, sniff
from .limits import LARGEST, LARGEST_PICTURE

WAIT_SECONDS = 20.0  # for others' files; then it is asked for again
AS_THEY_ARE = {"image/jpeg", "image/png"}
HEIC = {"image/heic", "image/heif"}  # laid in tiles, as an iPhone does, no library of ours reads it
CAMERA = (b"Exif\x00\x00", b"eXIf")  # what a camera notes in a JPEG, and in a PNG
FILM = "video/mp4"
VOICE, PICTURE = "audio/ogg", "image/jpeg"
ENDINGS = {VOICE: ".ogg", PICTURE: ".jpg"}  # of what was converted
OFFICE = "application/vnd.openxmlformats-officedocument."
# By a part that each has within it.
OFFICE_PARTS = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
MACROS = "vbaProject.bin"
DOCUMENTS = {"application/pdf", "application/msword", *OFFICE_PARTS.values()}
CARD = "text/vcard"


class Refusal(StrEnum):
    """Why a file is not sent."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    DISGUISED = "disguised"
    PROGRAM = "program"
    KIND = "kind"  # WhatsApp takes none of its kind
    FILM = "film"  # not one that every telephone plays
    UNREADABLE = "unreadable"
    TELEPHONES_OWN = "telephones_own"  # a make of picture that cannot be read everywhere
    BUSY = "busy"  # with others' files: worth another try


class RefusedError(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def take(content: IO[bytes], name: str, claimed: str) -> Attached:
    """Put a file in its place as it will be sent; raises RefusedError, and then nothing is left.

    It is `discard`ed where no message comes of it.
    """
    token = token_hex(16)
    draft, made = files.draft(token, "given"), files.draft(token, "made")
    try:
        digest = _copy(content, draft)
        kind, content_type = _make(draft, made, claimed)
        path = made if made.exists() else draft
        size, sha256 = _measured(path)
        if size > (LARGEST_PICTURE if kind == "image" else LARGEST):
            raise RefusedError(Refusal.TOO_LARGE)
        path.replace(files.path(token))
    finally:
        for each in (draft, made):
            each.unlink(missing_ok=True)
    given = files.clean(name)
    shown = Path(given).with_suffix(ENDINGS[content_type]).name if path is made and given else given
    return Attached(token, kind, content_type, shown, size, sha256, digest)


def again(file: Media, kind: str) -> Attached | None:
    """The same bytes once more, for another message of this kind; None where they are gone."""
    token = token_hex(16)
    try:
        os.link(files.path(file.file), files.path(token))
    except FileNotFoundError:
        return None
    size, sha256 = file.size or 0, file.sha256 or ""
    return Attached(token, kind, file.content_type, file.name, size, sha256, sha256)


def discard(attached: Iterable[Attached]) -> None:
    """No message has come of these."""
    for each in attached:
        files.path(each.file).unlink(missing_ok=True)


def _copy(content: IO[bytes], to: Path) -> str:
    """Write no more of it than may be sent; the digest of what was written."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while piece := content.read(1024 * 1024):
            size += len(piece)
            if size > LARGEST:
                raise RefusedError(Refusal.TOO_LARGE)
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise RefusedError(Refusal.EMPTY)
    return digest.hexdigest()


def _make(draft: Path, made: Path, claimed: str) -> tuple[str, str]:
    """The kind of its message and the type it is sent as; what had to be converted is in `made`."""
    with draft.open("rb") as file:
        head = file.read(sniff.HEAD)
    try:
        found = sniff.content_type(head, claimed)
    except sniff.Program as error:
        raise RefusedError(Refusal.PROGRAM) from error
    except sniff.Disguised as error:
        raise RefusedError(Refusal.DISGUISED) from error
    family = found.partition("/")[0]
    if family == "image":
        return "image", _picture(draft, made, found, head)
    if family in ("audio", "video"):
        return _recording(draft, made, found)
    if found == CARD:
        return "contacts", found
    return "document", _document(draft, found)


def _picture(draft: Path, made: Path, found: str, head: bytes) -> str:
    noted = any(mark in head for mark in CAMERA)
    if found in AS_THEY_ARE and not noted and draft.stat().st_size <= LARGEST_PICTURE:
        return found
    if "size" not in _ask("picture", draft, made):
        raise RefusedError(Refusal.TELEPHONES_OWN if found in HEIC else Refusal.UNREADABLE)
    return PICTURE


def _recording(draft: Path, made: Path, found: str) -> tuple[str, str]:
    """A voice message, or a film: a film's container may hold a voice alone."""
    heard = _ask("voice", draft, made)
    if "fit" in heard:
        return "audio", str(heard["fit"])
    if "seconds" in heard:
        return "audio", VOICE
    made.unlink(missing_ok=True)
    if "pictures" not in heard:
        raise RefusedError(Refusal.UNREADABLE)
    if found != FILM or "fit" not in _ask("film", draft, made):
        raise RefusedError(Refusal.FILM)
    return "video", FILM


def _document(draft: Path, found: str) -> str:
    is_zip = found == "application/zip" or found.startswith(OFFICE)
    kind = _office(draft) if is_zip else found
    if kind not in DOCUMENTS:
        raise RefusedError(Refusal.KIND)
    return kind


def _office(draft: Path) -> str:
    """The kind of a document of an office's; "" where the archive is none."""
    try:
        with zipfile.ZipFile(draft) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise RefusedError(Refusal.UNREADABLE) from error
    if any(each.endswith(MACROS) for each in names):
        raise RefusedError(Refusal.PROGRAM)
    return next((kind for part, kind in OFFICE_PARTS.items() if part in names), "")


def _ask(make: str, draft: Path, made: Path) -> dict[str, object]:
    try:
        return recordings.ask(make, draft, made, wait=WAIT_SECONDS)
    except Busy as error:
        raise RefusedError(Refusal.BUSY) from error


def _measured(path: Path) -> tuple[int, str]:
    """Its bytes and their digest, once it is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
