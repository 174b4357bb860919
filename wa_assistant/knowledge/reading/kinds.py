"""Which kinds of files are read, and what is refused before anything is read."""

from ...models import Defect, DocumentKind
from .blocks import LARGEST, Unreadable

ENDINGS = {
    "pdf": DocumentKind.PDF,
    "docx": DocumentKind.DOCX,
    "md": DocumentKind.MARKDOWN,
    "markdown": DocumentKind.MARKDOWN,
    "txt": DocumentKind.TEXT,
    "text": DocumentKind.TEXT,
    "html": DocumentKind.HTML,
    "htm": DocumentKind.HTML,
    "csv": DocumentKind.CSV,
}


def kind_of(name: str) -> DocumentKind | None:
    """What the ending of a file's name says it is; None for what is not read."""
    return ENDINGS.get(name.rpartition(".")[2].casefold()) if "." in name else None


def check(content: bytes) -> None:
    """Raises Unreadable for a file that is empty, or too large."""
    if not content:
        raise Unreadable(Defect.EMPTY)
    if len(content) > LARGEST:
        raise Unreadable(Defect.TOO_LARGE)
