"""The knowledge base as the team sees it: its documents, page by page, and their vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from ..database import db
from ..models import Document, Passage
from . import reindex, search
from .reindex import Progress

PAGE = 50  # documents, or passages
CHOICE = 500  # names to choose from


@dataclass(frozen=True)
class Vectors:
    """By which embedding model passages are found, besides by their words.

    `serving` is the model of the vector set that serves, None where none does. `wanted` is the
    configuration's; None without a key, and while there are no passages: the first ones are
    embedded as they come. `reindexing` tells how far the change to another model is.
    """

    serving: str | None
    wanted: str | None
    reindexing: Progress | None

    @property
    def outdated(self) -> bool:
        """Whether the configuration names another model, and nobody has begun to change to it."""
        begun = self.reindexing.model if self.reindexing else self.serving
        return self.wanted is not None and begun != self.wanted


def listing(before: int | None) -> tuple[Sequence[Document], int | None]:
    """At most PAGE documents, the newest first, of those whose id is below `before`; and the
    `before` of the next page, None after the last.
    """
    query = select(Document).order_by(Document.id.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(Document.id < before)
    found = db.session.scalars(query).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def document(document_id: int) -> Document | None:
    """The document; None where there is none."""
    return db.session.get(Document, document_id)


def names() -> Sequence[str]:
    """Names of documents to choose from, by the alphabet; at most CHOICE."""
    return db.session.scalars(select(Document.name).order_by(Document.name).limit(CHOICE)).all()


def is_named(name: str) -> bool:
    """Whether there is a document of this name."""
    return bool(db.session.scalar(select(exists().where(Document.name == name))))


def passages(document_id: int, after: int | None) -> tuple[Sequence[Passage], int | None]:
    """At most PAGE passages of a document that are found, in its order, of those whose position is
    above `after`; and the `after` of the next page, None after the last.
    """
    here = (Passage.document_id == document_id, Passage.active)
    query = select(Passage).where(*here).order_by(Passage.position).limit(PAGE + 1)
    if after is not None:
        query = query.where(Passage.position > after)
    found = db.session.scalars(query).all()
    return found[:PAGE], found[PAGE - 1].position if len(found) > PAGE else None


def vectors() -> Vectors:
    """How passages are found by vectors at this moment."""
    serving = search.serving_set()
    wanted = None if search.is_empty() else search.wanted_model()
    return Vectors(serving.model if serving else None, wanted, reindex.progress())
