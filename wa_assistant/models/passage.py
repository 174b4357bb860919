from sqlalchemy import ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..database import Base
from .document import Document


class Passage(Base):
    """A piece of a document. While it is not active it stands in the shadow: made, not found."""

    __tablename__ = "passages"
    __table_args__ = (
        Index("ix_passages_document", "document_id", "position"),
        Index("ix_passages_layout", "layout"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    # The upload it was made from: what another one left in the shadow is nobody's.
    file: Mapped[str] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Of its words (understanding/stems.py); 0 has no marks of strength in the index.
    layout: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    position: Mapped[int]
    # The headings above it, outermost first, " > " between them.
    heading: Mapped[str] = mapped_column(String(300), default="")
    # "p. 3-4" (pages), "l. 12" (line) or "§ 7" (paragraph).
    place: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(Text)
    tokens: Mapped[int]  # as a model counts them, estimated
    # What words are searched in: stems of the document's name, of heading and text, single
    # spaces between them.
    stems: Mapped[str] = mapped_column(Text)
    length: Mapped[int]  # words, of which each may have several stems

    document: Mapped[Document] = relationship(lazy="raise_on_sql")


class Term(Base):
    """In how many active passages a stem occurs. The empty one stands for all of them:
    how many there are, and how many words they have together.
    """

    __tablename__ = "terms"

    stem: Mapped[str] = mapped_column(String(64), primary_key=True)
    passages: Mapped[int]
    words: Mapped[int] = mapped_column(default=0, server_default=text("0"))
