"""Documents as a team has them, and what is found of them."""

from sqlalchemy import func, select

from tests.cast import acting, only
from wa_assistant.database import db
from wa_assistant.knowledge import documents, files
from wa_assistant.knowledge.search import words
from wa_assistant.models import Document, Passage, Term

BIA = "bia@example.com"
HOURS = "# Horários\n\nA secretaria abre às oito horas e fecha às dezoito."
NEW_HOURS = "# Horários\n\nA secretaria abre somente às terças, ao meio-dia."
PRICES = "# Preços\n\nA matrícula custa cento e vinte reais."
WITHOUT_A_KEY = {"OPENAI_API_KEY": None, "OPENAI_BASE_URL": None}


def upload(name: str = "horarios.md", text: str | bytes = HOURS, actor: str = BIA) -> Document:
    return documents.upload(acting(actor), name, text if isinstance(text, bytes) else text.encode())


def document(name: str = "horarios.md") -> Document:
    found: Document = only(Document, Document.name == name)
    return found


def found(query: str) -> list[str]:
    """The texts of the passages that are found by the words of `query`."""
    db.session.rollback()
    ids = [each.passage_id for each in words.search(query, 10)]
    return [db.session.get_one(Passage, each).text for each in ids]


def nothing_is_left() -> bool:
    """Neither passages, nor files, nor counts of words."""
    db.session.rollback()
    left = [db.session.scalar(select(func.count()).select_from(each)) for each in (Passage, Term)]
    return left == [0, 0] and kept_files() == []


def kept_files() -> list[str]:
    return sorted(each.name for each in files.folder().iterdir())
