"""How documents are written of on a page."""

from flask import Flask
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..knowledge.documents import COMMAND_LINE
from ..knowledge.reasons import reason
from ..models import Document, DocumentKind, DocumentState

KINDS = {
    DocumentKind.PDF: "PDF",
    DocumentKind.DOCX: "DOCX",
    DocumentKind.MARKDOWN: "Markdown",
    DocumentKind.TEXT: _l("Text"),
    DocumentKind.HTML: "HTML",
    DocumentKind.CSV: "CSV",
}
# The words of a state, the kind of its badge, and its picture.
STATES = {
    DocumentState.PENDING: (_l("Waiting"), "", "clock"),
    DocumentState.PROCESSING: (_l("Processing"), "", "resume"),
    DocumentState.READY: (_l("Ready"), "accent", "done"),
    DocumentState.FAILED: (_l("Failed"), "failure", "failure"),
}
KILOBYTE = 1024


def init_app(app: Flask) -> None:
    app.add_template_filter(lambda kind: str(KINDS[DocumentKind(kind)]), "document_kind")
    app.add_template_filter(lambda state: STATES[DocumentState(state)], "document_state")
    app.add_template_filter(reason, "reason")
    for written in (file_size, uploader):
        app.add_template_filter(written)


def file_size(size: int) -> str:
    """In the unit that leaves one to three digits before the point."""
    if size < KILOBYTE:
        return f"{size} B"
    if size < KILOBYTE**2:
        return f"{round(size / KILOBYTE)} kB"
    return f"{format_decimal(round(size / KILOBYTE**2, 1))} MB"


def uploader(document: Document) -> str:
    """Who brought it, short: the address's own part."""
    if document.uploaded_by == COMMAND_LINE:
        return str(_("command line"))
    return document.uploaded_by.partition("@")[0]
