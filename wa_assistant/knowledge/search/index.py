"""The index of words: which active passages hold a stem, and in how many it occurs.

It is made of the passages, in the same transaction that makes them active or takes them away.
SQLite has an FTS5 table over them, Postgres a column of tsvector; the counts are the same table
on both, because neither tells quickly how rare a word is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, text
from sqlalchemy.dialects import sqlite

from ... import database
from ...database import db
from ...models import Passage, Term
from . import strength

ALL = ""  # the term that stands for all passages

Rows = list[tuple[int, list[str]]]  # the id of a passage, and its stems

UPSERT_ON_POSTGRES = text(
    "INSERT INTO terms (stem, passages, words) "
    "SELECT * FROM unnest(CAST(:stems AS text[]), CAST(:passages AS int[]), CAST(:words AS int[])) "
    "ON CONFLICT (stem) DO UPDATE SET passages = terms.passages + excluded.passages, "
    "words = terms.words + excluded.words"
)


def on_postgres() -> bool:
    """Whether the database is Postgres, which is searched in another way than SQLite."""
    return db.session().get_bind().dialect.name == "postgresql"


def put(passages: Sequence[Passage]) -> None:
    """Let these passages be found by their words; they were not until now."""
    lock()
    rows = _rows(passages)
    _count(passages, rows, +1)
    if on_postgres():
        statement = "INSERT INTO index_words VALUES (:id, array_to_tsvector(:stems))"
    else:
        statement = "INSERT INTO index_words (rowid, stems) VALUES (:id, :stems)"
    _write(statement, rows)


def take(passages: Sequence[Passage]) -> None:
    """Let these passages be found no more; their rows still hold what they held when put here."""
    lock()
    rows = _rows(passages)
    _count(passages, rows, -1)
    if on_postgres():
        statement = "DELETE FROM index_words WHERE passage_id = :id"
    else:
        statement = (
            "INSERT INTO index_words (index_words, rowid, stems) VALUES ('delete', :id, :stems)"
        )
    _write(statement, rows)


def purge_deleted_words() -> None:
    """Have the words of deleted passages leave SQLite's index too, which keeps them until its
    parts are merged.
    """
    database.purge_deleted_words("index_words")


def lock() -> None:
    """Wait until nobody else changes the index: two that change the same counts in different
    order would hang. It is held until the transaction ends.
    """
    if on_postgres():
        db.session.execute(text("SELECT pg_advisory_xact_lock(hashtext('knowledge'))"))


def _rows(passages: Iterable[Passage]) -> Rows:
    return [(each.id, sorted(_stems(each))) for each in passages]


def _stems(passage: Passage) -> set[str]:
    if not passage.layout:
        return strength.unmarked(passage.stems)
    return strength.marked(passage.stems, passage.length)


def _write(statement: str, rows: Rows) -> None:
    as_they_are = on_postgres()
    values = [{"id": id_, "stems": all_ if as_they_are else " ".join(all_)} for id_, all_ in rows]
    if values:
        db.session.execute(text(statement), values)


def _count(passages: Sequence[Passage], rows: Rows, sign: int) -> None:
    counts = Counter(stem for _, all_ in rows for stem in all_)
    words = sum(each.length for each in passages)
    changes = [(ALL, sign * len(passages), sign * words)]
    changes += [(stem, sign * count, 0) for stem, count in counts.items()]
    _add(changes)
    if sign < 0:
        db.session.execute(delete(Term).where(Term.passages <= 0))


def _add(rows: Iterable[tuple[str, int, int]]) -> None:
    if on_postgres():
        names, passages, words = zip(*rows, strict=True)
        values = {"stems": list(names), "passages": list(passages), "words": list(words)}
        db.session.execute(UPSERT_ON_POSTGRES, values)
        return
    new = sqlite.insert(Term)
    added = {"passages": Term.passages + new.excluded.passages}
    added |= {"words": Term.words + new.excluded.words}
    statement = new.on_conflict_do_update(index_elements=["stem"], set_=added)
    names = ("stem", "passages", "words")
    db.session.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
