"""Passages enter and leave the search: by their words and by their vectors, at one moment."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ...models import Passage
from . import index, vectors

# Nobody holds these rows in memory any more.
IN_THE_DATABASE = {"synchronize_session": False}


def activate(session: Session, files: Sequence[str]) -> Counter[int]:
    """Let in what was made of these uploads; gives the number of passages by document id.

    `files`: the names under which the uploads are kept.
    """
    shadow = Passage.file.in_(files)
    change = update(Passage).where(shadow).values(active=True)
    session.execute(change, execution_options=IN_THE_DATABASE)
    found = session.scalars(select(Passage).where(shadow).order_by(Passage.id)).all()
    index.put(session, found)
    vectors.put(session, found)
    return Counter(each.document_id for each in found)


def deactivate(session: Session, document_ids: Sequence[int]) -> set[str]:
    """Delete the active passages of these documents: nothing of them is found any more.

    Gives the names of the files they were made from.
    """
    index.lock(session)  # or they are laid out anew after they are read here
    here = (Passage.document_id.in_(document_ids), Passage.active)
    found = session.scalars(select(Passage).where(*here)).all()
    if not found:
        return set()
    index.take(session, found)
    vectors.take(session, found)
    session.execute(delete(Passage).where(*here), execution_options=IN_THE_DATABASE)
    return {each.file for each in found}


def delete_shadow(session: Session, document_id: int) -> None:
    """Delete a document's passages that were made and never let in."""
    here = (Passage.document_id == document_id, ~Passage.active)
    session.execute(delete(Passage).where(*here), execution_options=IN_THE_DATABASE)
