"""Documents that are written in the dashboard: pasted, and edited where they stand."""

import re

from ..audit import Actor
from ..database import db
from ..models import Defect, Document, DocumentKind
from . import documents, files

MOST = 2_000_000  # characters of a text
LONGEST_CHARACTER = 4  # bytes
KIND = DocumentKind.MARKDOWN  # plain text is Markdown without marks


def paste(actor: Actor, title: str, text: str, *, replaces: str | None = None) -> Document:
    """Keep `text` as a document called `title`, and have it prepared.

    A document of that name with another text is replaced where `replaces` is its name, too.
    Otherwise documents.Refused is raised, as it is for a text that is empty or too long.
    """
    given = documents.accept(name_of(title), _content(text), KIND)
    return documents.store(actor, [given], replacing=given.name == replaces)[0].document


def edit(actor: Actor, document_id: int, text: str, *, seen: str) -> Document | None:
    """Put `text` in the place of a document's text; None where the document is gone.

    `seen` is the sha256 of the text that was edited. Raises documents.Stale where the document has
    another text by now, and documents.Refused for one that is empty or too long.
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
    """The text of a document that was pasted, or could have been; None of any other."""
    if document.kind != KIND or document.size > MOST * LONGEST_CHARACTER:
        return None
    try:
        text = files.path(document.file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError):
        return None
    return text if len(text) <= MOST else None


def name_of(title: str) -> str:
    """The name of a document with this title; "/" and "\\" are no path in it."""
    return files.shown_name(re.sub(r"[/\\]", "-", title))


def _content(text: str) -> bytes:
    """The file that a text is kept as; raises documents.Refused where it is too long."""
    if len(text) > MOST:
        raise documents.Refused(Defect.TOO_LARGE)
    return text.strip().encode(errors="replace")
