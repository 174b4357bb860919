"""Which rows hold a word. A row of an index is one of its source, with the same id.

The newest are found first, and however often a word was said no more is read than a page needs.
FTS5 goes through the rows of a word from the newest on, and of several words from one that is in
the one to the next that is in the other. GIN knows no order: there each stem stands with the block
of ids that its row is in ("custa@61"), and a search goes through the blocks, newest first, until it
has a page. What is said by and to who is pretended stands apart, with a mark before each stem.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import text

from ...database import db
from .query import Query
from .sources import Source

BLOCK = 16_384  # ids
APART = "~"  # a letter of no stem, which FTS5's tokenizer is told of
Rows = Mapping[int, tuple[set[str], bool]]  # by id: what it is found by, and whether it is apart


def put(source: Source, rows: Rows) -> None:
    """Let these rows be found by these stems, and by none that they may have been found by."""
    if not rows:
        return
    on_postgres = _on_postgres()
    values = []
    for id_, (stems, simulated) in rows.items():
        mark = APART if simulated else ""
        block = f"@{id_ // BLOCK}" if on_postgres else ""
        all_ = sorted(f"{mark}{stem}{block}" for stem in stems)
        values.append({"id": id_, "stems": all_ if on_postgres else " ".join(all_)})
    statement = _PUT_ON_POSTGRES if on_postgres else _PUT_ON_SQLITE
    db.session.execute(text(statement.format(index=source.index)), values)


def ids(source: Source, query: Query, *, simulated: bool, before: int, limit: int) -> list[int]:
    """Those of the rows that hold all words of `query`, below `before`, the newest first."""
    values: dict[str, Any] = {"before": before, "limit": limit}
    mark = APART if simulated else ""
    if not _on_postgres():
        values["match"] = _match(query, f'"{mark}{{}}"', " OR ", " AND ")
        statement = text(_FIND_ON_SQLITE.format(index=source.index))
        return list(db.session.scalars(statement, values))
    values["match"] = _match(query, f"'{mark}{{}}@'", " | ", " & ")
    newest = db.session.scalar(text(_NEWEST.format(index=source.index))) or 0
    values["block"] = min(before - 1, newest) // BLOCK
    db.session.execute(_PLANNER, {"to": "off"})
    found = db.session.scalars(text(_FIND_ON_POSTGRES.format(index=source.index)), values)
    ordered = sorted(found, reverse=True)
    db.session.execute(_PLANNER, {"to": "on"})
    return ordered


def missing(source: Source, since: int, until: int) -> list[int]:
    """Ids of rows after `since` and up to `until` that are not in the index."""
    key = "id" if _on_postgres() else "rowid"
    table = source.model.__tablename__
    statement = _MISSING.format(table=table, index=source.index, key=key)
    return list(db.session.scalars(text(statement), {"since": since, "until": until}))


def take(source: Source, ids: Collection[int]) -> None:
    """Let these rows be found no more. Who deletes a row need not ask for it."""
    key = "id" if _on_postgres() else "rowid"
    if ids:
        gone = _TAKE.format(index=source.index, key=key)
        db.session.execute(text(gone), [{"id": each} for each in ids])


def _match(query: Query, quoted: str, either: str, both: str) -> str:
    """A stem has letters and digits alone; quoted, none is an operator of that language."""
    words = (either.join(quoted.format(stem) for stem in sorted(word)) for word in query.words)
    return both.join(f"({word})" for word in words)


def _on_postgres() -> bool:
    return db.session().get_bind().dialect.name == "postgresql"


_PUT_ON_SQLITE = "INSERT OR REPLACE INTO {index} (rowid, stems) VALUES (:id, :stems)"
_PUT_ON_POSTGRES = (
    "INSERT INTO {index} VALUES (:id, array_to_tsvector(CAST(:stems AS text[]))) "
    "ON CONFLICT (id) DO UPDATE SET stems = excluded.stems"
)
_TAKE = "DELETE FROM {index} WHERE {key} = :id"
_MISSING = (
    "SELECT id FROM {table} AS rows WHERE id > :since AND id <= :until AND NOT EXISTS "
    "(SELECT 1 FROM {index} AS held WHERE held.{key} = rows.id)"
)
_NEWEST = "SELECT max(id) FROM {index}"
_FIND_ON_SQLITE = (
    "SELECT rowid FROM {index} WHERE {index} MATCH :match AND rowid < :before "
    "ORDER BY rowid DESC LIMIT :limit"
)
# Block by block, which Postgres goes through in the order they are made in: the last is read when
# those before it did not fill the page.
_FIND_ON_POSTGRES = (
    "SELECT held.id FROM generate_series(CAST(:block AS integer), 0, -1) AS block "
    "CROSS JOIN LATERAL (SELECT id FROM {index} "
    "WHERE stems @@ CAST(replace(:match, '@', '@' || block) AS tsquery) AND id < :before "
    "ORDER BY id DESC LIMIT :limit) AS held LIMIT :limit"
)
# It would rather read a table from end to end, or by its ids: it takes a word for rare or frequent
# by what it was, and not by what it is in a block. Nor does it pay to compile.
_PLANNER = text(
    "SELECT set_config(name, :to, true) "
    "FROM (VALUES ('enable_seqscan'), ('enable_indexscan'), ('jit')) AS settings (name)"
)
