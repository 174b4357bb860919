"""What the team sees of the documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from ..database import db
from ..models import Document, Passage
from . import reindex, search
from .reindex import Progress

PAGE = 50
CHOICE = 500


@dataclass(frozen=True)
class Vectors:
    """By which model passages are found besides their words; `wanted` is the configuration's.

    While there are no passages none is wanted: the first ones are embedded as they come.
    """

    serving: str | None
    wanted: str | None
    reindexing: Progress | None

    @property
    def outdated(self) -> bool:
        """The configuration names another model, and nobody has begun with it."""
        begun = self.reindexing.model if self.reindexing else self.serving
        return self.wanted is not None and begun != self.wanted


def listing(before: int | None) -> tuple[Sequence[Document], int | None]:
    """A page of documents, the newest first, and before which id the next page begins."""
    query = select(Document).order_by(Document.id.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(Document.id < before)
    found = db.session.scalars(query).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def document(document_id: int) -> Document | None:
    return db.session.get(Document, document_id)


def names() -> Sequence[str]:
    """To choose from, by the alphabet."""
    return db.session.scalars(select(Document.name).order_by(Document.name).limit(CHOICE)).all()


def is_named(name: str) -> bool:
    """Whether there is a document of this name."""
    return bool(db.session.scalar(select(exists().where(Document.name == name))))


def passages(document_id: int, after: int | None) -> tuple[Sequence[Passage], int | None]:
    """A page of what is found of a document, in its order, and after which position the next."""
    here = (Passage.document_id == document_id, Passage.active)
    query = select(Passage).where(*here).order_by(Passage.position).limit(PAGE + 1)
    if after is not None:
        query = query.where(Passage.position > after)
    found = db.session.scalars(query).all()
    return found[:PAGE], found[PAGE - 1].position if len(found) > PAGE else None


def vectors() -> Vectors:
    serving = search.serving_set(db.session())
    wanted = None if search.is_empty() else search.wanted_model()
    return Vectors(serving.model if serving else None, wanted, reindex.progress())
