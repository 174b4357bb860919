"""Words that are written here: pasted as a document, and edited where they stand."""

import re

from ..audit import Actor
from ..database import db
from ..models import Defect, Document, DocumentKind
from . import documents, files

MOST = 2_000_000  # characters
LONGEST_CHARACTER = 4  # bytes
KIND = DocumentKind.MARKDOWN  # plain text is Markdown without marks


def paste(actor: Actor, title: str, text: str, *, replaces: str | None = None) -> Document:
    """Words without a file, as a document called `title`. Raises documents.Refused.

    Another text of this name is refused, unless it is the one that is named in `replaces`.
    """
    given = documents.accept(name_of(title), _content(text), KIND)
    return documents.store(actor, [given], replacing=given.name == replaces)[0].document


def edit(actor: Actor, document_id: int, text: str, *, seen: str) -> Document | None:
    """A document's words are now `text`, made from those whose sha256 is `seen`.

    None where it is gone. Raises documents.Refused, and documents.Stale where its words are
    others by now.
    """
    document = db.session.get(Document, document_id)
    if document is None:
        return None
    content = _content(text)
    unchanged = documents.unchanged(documents.accept(document.name, content, KIND))
    if unchanged is not None:
        return unchanged
    return documents.replace(actor, document_id, document.name, content, kind=KIND, seen=seen)


def text_of(document: Document) -> str | None:
    """The words of what was pasted, or could have been; None of anything else."""
    if document.kind != KIND or document.size > MOST * LONGEST_CHARACTER:
        return None
    try:
        text = files.path(document.file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError):
        return None
    return text if len(text) <= MOST else None


def name_of(title: str) -> str:
    """What a document of this title is called: no path, as it would be in a file's name."""
    return files.shown_name(re.sub(r"[/\\]", "-", title))


def _content(text: str) -> bytes:
    if len(text) > MOST:
        raise documents.Refused(Defect.TOO_LARGE)
    return text.strip().encode(errors="replace")
