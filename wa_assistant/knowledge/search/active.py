"""Passages enter and leave the search: by their words and by their vectors, at one moment."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import delete, select, update

from ...database import db
from ...models import Passage
from . import index, vectors

# Nobody holds these rows in memory any more.
IN_THE_DATABASE = {"synchronize_session": False}


def activate(files: Sequence[str]) -> Counter[int]:
    """Let in what was made of these uploads; gives the number of passages by document id.

    `files`: the names under which the uploads are kept.
    """
    shadow = Passage.file.in_(files)
    change = update(Passage).where(shadow).values(active=True)
    db.session.execute(change, execution_options=IN_THE_DATABASE)
    found = db.session.scalars(select(Passage).where(shadow).order_by(Passage.id)).all()
    index.put(found)
    vectors.put(found)
    return Counter(each.document_id for each in found)


def deactivate(document_ids: Sequence[int]) -> set[str]:
    """Delete the active passages of these documents: nothing of them is found any more.

    Gives the names of the files they were made from.
    """
    index.lock()  # or they are laid out anew after they are read here
    here = (Passage.document_id.in_(document_ids), Passage.active)
    found = db.session.scalars(select(Passage).where(*here)).all()
    if not found:
        return set()
    index.take(found)
    vectors.take(found)
    db.session.execute(delete(Passage).where(*here), execution_options=IN_THE_DATABASE)
    return {each.file for each in found}


def delete_shadow(document_id: int) -> None:
    """Delete a document's passages that were made and never let in."""
    here = (Passage.document_id == document_id, ~Passage.active)
    db.session.execute(delete(Passage).where(*here), execution_options=IN_THE_DATABASE)
