"""Documents that are found, put into the database without a file or a job."""

import hashlib
import secrets
from collections.abc import Iterable

from wa_assistant.database import db, transaction
from wa_assistant.knowledge import search
from wa_assistant.knowledge.reading.split import Piece, tokens
from wa_assistant.knowledge.search import index, layout, vectors
from wa_assistant.models import Document, DocumentKind, DocumentState, Passage


def document(name: str, *texts: str, heading: str = "") -> list[int]:
    """A document of these passages; their ids."""
    return documents([(name, [Piece(text, heading, "§ 1", tokens(text)) for text in texts])])


def documents(given: Iterable[tuple[str, list[Piece]]]) -> list[int]:
    """Passages are made in the shadow, embedded where there is a key, and found at once."""
    vector_set_id = search.set_for_new_passages()
    with transaction():
        made = [passage for name, pieces in given for passage in _passages(name, pieces)]
        db.session.flush()
        ids = [each.id for each in made]
    if vector_set_id is not None:
        search.embed(made, vector_set_id, lambda done: None)
    with transaction():
        for passage in made:
            passage.active = True
        db.session.flush()
        index.put(made)
        vectors.put(made)
    return ids


def _passages(name: str, pieces: list[Piece]) -> list[Passage]:
    owner = Document(
        name=name,
        kind=DocumentKind.TEXT,
        file=secrets.token_hex(16),
        size=sum(len(piece.text.encode()) for piece in pieces),
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        state=DocumentState.READY,
        passages=len(pieces),
        total=len(pieces),
        uploaded_by="tests",
    )
    db.session.add(owner)
    db.session.flush()
    made = [passage(owner, position, piece) for position, piece in enumerate(pieces)]
    db.session.add_all(made)
    return made


def passage(owner: Document, position: int, piece: Piece) -> Passage:
    return Passage(
        document_id=owner.id,
        file=owner.file,
        position=position,
        heading=piece.heading,
        place=piece.place,
        text=piece.text,
        tokens=piece.tokens,
        **layout.word_columns(owner.name, piece.heading, piece.text),
    )
