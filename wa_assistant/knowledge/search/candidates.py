"""The passages that are worth ranking for a query, as the index of words tells."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from ...database import db
from .index import on_postgres
from .query import Word
from .strength import A_STEP, WITHOUT

MOST = 64  # passages that are ranked
# Rows read to find them. Where a word is in more passages, only those that hold it strongly are
# read; it counts in the ranking.
MOST_ROWS = 10_000


def find(words: Sequence[Word]) -> list[int]:
    """Ids of the passages that hold most of the rarer words, and hold them most strongly; at most
    MOST.
    """
    chosen = dict(_chosen(words))
    values: dict[str, Any] = {"most": MOST}
    if on_postgres():
        statement = _ON_POSTGRES
        values |= {"matches": list(chosen), "weights": list(chosen.values())}
    else:
        statement = _ON_SQLITE
        values |= {"sought": json.dumps(chosen)}
    with _by_index():
        return [row.id for row in db.session.execute(statement, values)]


def _chosen(words: Sequence[Word]) -> Iterator[tuple[str, float]]:
    """What is to be matched, the rarest first, in the index's own language; and its weight."""
    rows = 0
    known = [(held, mark, word) for word in words for mark, held in word.held.items() if held]
    for held, mark, word in sorted(known, key=lambda each: each[0]):
        if rows and rows + held > MOST_ROWS:
            return
        rows += held
        # A stem has letters and digits alone; quoted, none is an operator of that language.
        quote, either = ("'", " | ") if on_postgres() else ('"', " OR ")
        match = either.join(f"{quote}{stem}{mark}{quote}" for stem in word.stems)
        yield match, word.weight * (A_STEP if mark else WITHOUT)


@contextmanager
def _by_index() -> Iterator[None]:
    """Postgres would read a table from end to end for a common word, if need be by the index of
    its ids: it takes that for cheap, but the words of each passage are stored apart from its row.
    Nor does it pay to compile.
    """
    if not on_postgres():
        yield
        return
    db.session.execute(_PLANNER, {"to": "off"})
    yield
    db.session.execute(_PLANNER, {"to": "on"})


_PLANNER = text(
    "SELECT set_config(name, :to, true) "
    "FROM (VALUES ('enable_seqscan'), ('enable_indexscan'), ('jit')) AS settings (name)"
)
_ON_SQLITE = text(
    "SELECT index_words.rowid AS id FROM json_each(:sought) AS sought CROSS JOIN index_words "
    "WHERE index_words MATCH sought.key "
    "GROUP BY index_words.rowid ORDER BY sum(sought.value) DESC, index_words.rowid LIMIT :most"
)
_ON_POSTGRES = text(
    "SELECT passage_id AS id FROM "
    "unnest(CAST(CAST(:matches AS text[]) AS tsquery[]), CAST(:weights AS real[])) "
    "AS sought (match, weight) CROSS JOIN LATERAL "
    # The offset keeps it apart: joined, each passage would be read for each match.
    "(SELECT passage_id FROM index_words WHERE stems @@ match OFFSET 0) AS held "
    "GROUP BY passage_id ORDER BY sum(weight) DESC, passage_id LIMIT :most"
)
