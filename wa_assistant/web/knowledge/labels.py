"""How documents are written of on a page."""

from flask import Flask
from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...knowledge.reasons import reason
from ...knowledge.trials import CAP_MET, NO_ROOM
from ...models import Document, DocumentKind, DocumentState, Origin, Outcome

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
# Where a passage stands in its document; only of pages there are several.
PLACES = {
    "p.": _l("page %(number)s"),
    "l.": _l("line %(number)s"),
    "§": _l("paragraph %(number)s"),
}
KILOBYTE = 1024
# Why a trial has no draft.
UNDRAFTED = {
    NO_ROOM: _l("The model's limit a minute is used up by participants. Try again in a minute."),
    CAP_MET: _l("No more may be spent on the model today. An owner can raise the cap."),
    Outcome.RATE_LIMITED: _l("The model is busy. Try again in a minute."),
    Outcome.QUOTA_SPENT: _l("The model's credit is spent."),
    Outcome.UNAVAILABLE: _l("The model did not answer. Try again in a while."),
    Outcome.REJECTED: _l("The model refused the request: its key or its name may be wrong."),
    Outcome.UNUSABLE: _l("The model said nothing that could be sent."),
}


def init_app(app: Flask) -> None:
    app.add_template_filter(lambda kind: str(KINDS[DocumentKind(kind)]), "document_kind")
    app.add_template_filter(lambda state: STATES[DocumentState(state)], "document_state")
    app.add_template_filter(reason, "reason")
    app.add_template_filter(lambda outcome: str(UNDRAFTED[outcome]), "undrafted")
    for written in (cosine, file_size, place, share, uploader):
        app.add_template_filter(written)


def cosine(value: float) -> str:
    """With two places; what is next to nothing is nothing, without a sign."""
    return str(format_decimal(round(value, 2) + 0.0, "0.00"))


def place(short: str) -> str:
    """Where in its document a passage stands, which is kept as "p. 3-4", "l. 12" or "§ 7"."""
    mark, *where = short.split(" ", 1)
    if mark not in PLACES or not where:
        return short
    pages = "-" in where[0]
    words = _l("pages %(number)s") if pages else PLACES[mark]
    return str(words % {"number": where[0]})


def share(value: float) -> str:
    return str(format_percent(value, "0 %"))


def file_size(size: int) -> str:
    """In the unit that leaves one to three digits before the point."""
    if size < KILOBYTE:
        return f"{size} B"
    if size < KILOBYTE**2:
        return f"{round(size / KILOBYTE)} kB"
    return f"{format_decimal(round(size / KILOBYTE**2, 1))} MB"


def uploader(document: Document, short: bool = False) -> str:
    """Who brought it; short, by the address's own part."""
    if document.uploaded_by == Origin.COMMAND_LINE:
        return str(_("command line"))
    return document.uploaded_by.partition("@")[0] if short else document.uploaded_by
