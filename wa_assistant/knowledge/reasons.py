"""Why a document cannot be answered from, in words for whoever uploaded it."""

from flask_babel import lazy_gettext as _l

from ..models import Defect

REASONS = {
    Defect.EMPTY: _l("It is empty."),
    Defect.TOO_LARGE: _l("It is larger than 20 MB, or its text is longer than any document's."),
    Defect.UNKNOWN_KIND: _l(
        "Its name must end in .pdf, .docx, .md, .txt, .html or .csv; nothing else is read."
    ),
    Defect.NAME_TAKEN: _l("Another document has this name."),
    Defect.ENCRYPTED: _l("It is protected by a password. Save it without one and upload it again."),
    Defect.NO_TEXT: _l(
        "There is no text in it: what a picture shows or a script writes is not read."
    ),
    Defect.SCAN: _l(
        "There is no text in it, only pictures: a scan. Run text recognition (OCR) over it first, "
        "or have tesseract installed on this machine (docs/self-hosting.md)."
    ),
    Defect.ILLEGIBLE: _l(
        "It shows words, but inside there are others that nobody can read, as in some PDFs. Run "
        "text recognition (OCR) over it first, or save it as text."
    ),
    Defect.BROKEN: _l("It is damaged, or not what the ending of its name says."),
    Defect.BOMB: _l("It is small, but would be enormous when unpacked. It was not opened."),
    Defect.TOO_MANY_PASSAGES: _l("It has more than 10,000 passages. Split it into smaller files."),
    Defect.TOO_HEAVY: _l("Reading it takes too much time or memory. Split it into smaller files."),
    Defect.UNKNOWN_ENCODING: _l("Its letters cannot be made out. Save it as UTF-8."),
    Defect.FILE_GONE: _l("Its file is gone, or may not be read. Upload it again."),
    Defect.EMBEDDING_AWAY: _l("The embedding service did not answer."),
    Defect.EMBEDDING_REFUSED: _l(
        "The embedding service refused: the key, the model's name or the credit is not right."
    ),
    Defect.TEXT_REFUSED: _l(
        "The embedding service refused its text: it may be too long for that model."
    ),
    Defect.WORKER_DIED: _l("Whoever prepared it ended each time, three times."),
    Defect.OUR_FAULT: _l("Our own code failed on it; the log says where."),
}


def reason(defect: str) -> str:
    """A sentence, in the language of whoever reads."""
    return str(REASONS[Defect(defect)])
