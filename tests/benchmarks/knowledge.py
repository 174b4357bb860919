"""What the search costs, and how well it finds: `make bench-knowledge`.

Speed: passages of made-up text whose words are as unequally common as those of a language, asked
in whole sentences and in one common word; with and without vectors (which are made here: the
embedding service is not measured). "new": the first search after a passage came,
which makes the file of vectors anew. Postgres has analysed its tables, as it does by itself some
time after an import. Beside it runs a plain FTS5 search by OR, so that machines can be compared.
Quality: with `--faquad DIRECTORY`, passages.jsonl and questions.jsonl, a passage a document.
"""

import argparse
import json
import logging
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

import numpy as np
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, text

import config
from tests.knowledge import stock
from tests.support.postgres import postgres
from wa_assistant import create_app
from wa_assistant.database import db, transaction
from wa_assistant.extensions import with_migrations
from wa_assistant.knowledge.evaluate import measure
from wa_assistant.knowledge.reading.split import Piece, tokens
from wa_assistant.knowledge.search import query_vector, search
from wa_assistant.knowledge.search import vectors as index_of_vectors
from wa_assistant.models import Passage, Vector, VectorSet

WORDS = 40_000  # of the made-up language
LENGTH = 350  # words of a passage
QUESTIONS = 60
DIMENSION = 512
PART = 1_000  # passages of a document
ENDINGS = ("o", "a", "os", "as", "ar", "ção", "ções", "mente", "dade", "ing")


def main() -> None:
    given = arguments()
    logging.disable(logging.WARNING)  # of servers, of migrations, and of a Redis that is not there
    print(f"{'database':<10}{'passages':>9}{'vectors':>9}{'import s':>10}", end="")
    print(f"{'ms p50':>9}{'ms p95':>9}{'one word':>10}{'new ms':>8}{'FTS5 OR ms':>12}")
    for name in given.databases:
        for count in given.passages:
            with application(name) as app, app.app_context():
                speed(name, count)
    if given.faquad:
        print(f"\n{'database':<10}{'R@1':>8}{'R@5':>8}{'MRR':>8}{'ms':>8}")
        for name in given.databases:
            with application(name) as app, app.app_context():
                quality(name, given.faquad)


@contextmanager
def application(name: str) -> Iterator[Flask]:
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wa-bench-")))
        url = f"sqlite:///{directory / 'bench.sqlite3'}"
        if name == "postgres":
            server = stack.enter_context(postgres(directory / "pg"))
            url = server.get_uri().replace("postgresql:", "postgresql+psycopg:")
        environ = {"DATA_DIR": str(directory / "data"), "DATABASE_URL": url}
        app = with_migrations(create_app(config.load(environ, dotenv=None)))
        with app.app_context():
            upgrade()
        yield app
        with app.app_context():
            db.engine.dispose()


def speed(name: str, count: int) -> None:
    language = Language(random.Random(1))
    start = time.perf_counter()
    for first in range(0, count, PART):
        pieces = [language.passage() for _ in range(min(PART, count - first))]
        stock.documents([(f"{first}.txt", pieces)])
    imported = time.perf_counter() - start
    if name == "postgres":
        with transaction():
            db.session.execute(text("ANALYZE"))
    questions = [language.question() for _ in range(QUESTIONS)]
    short = [f"{language.common(place)}?" for place in range(QUESTIONS)]
    plain = fts5(questions) if name == "sqlite" else float("nan")
    line(name, count, "no", imported, (questions, short), plain)
    made = vectors()
    direction = np.ones(DIMENSION, "<f4") / DIMENSION**0.5
    vector = query_vector.QueryVector(made.id, direction)
    with mock.patch.object(query_vector, "of", return_value=vector):
        line(name, count, "yes", imported, (questions, short), plain)


def line(
    name: str,
    count: int,
    has_vectors: str,
    imported: float,
    queries: Sequence[Sequence[str]],
    plain: float,
) -> None:
    questions, short = queries
    new = timed(questions[0])  # the file of vectors is made by whoever comes first
    own = sorted(timed(each) for each in questions)
    one_word = statistics.median(timed(each) for each in short)
    print(f"{name:<10}{count:>9,}{has_vectors:>9}{imported:>10.1f}", end="")
    print(f"{own[len(own) // 2]:>9.1f}{own[int(len(own) * 0.95)]:>9.1f}", end="")
    print(f"{one_word:>10.1f}{new:>8.0f}{plain:>12.1f}", flush=True)


def timed(question: str) -> float:
    start = time.perf_counter()
    search(question)
    return (time.perf_counter() - start) * 1000


def fts5(questions: Sequence[str]) -> float:
    """The median of a plain search by OR in a table of its own, with SQLite's own ranking."""
    with transaction():
        db.session.execute(text("CREATE VIRTUAL TABLE plain USING fts5(words)"))
        db.session.execute(text("INSERT INTO plain SELECT text FROM passages"))
    statement = "SELECT rowid FROM plain WHERE plain MATCH :words ORDER BY bm25(plain) LIMIT 10"
    durations = []
    for question in questions:
        words = " OR ".join(f'"{word}"' for word in question.rstrip("?").split())
        start = time.perf_counter()
        db.session.execute(text(statement), {"words": words}).all()
        durations.append((time.perf_counter() - start) * 1000)
    with transaction():
        db.session.execute(text("DROP TABLE plain"))
    return statistics.median(durations)


def vectors() -> VectorSet:
    """A vector for each passage, in any direction."""
    chance = np.random.default_rng(1)
    with transaction():
        serving = VectorSet(model="made up", dimension=DIMENSION, serving=True)
        db.session.add(serving)
    last = 0
    while True:
        with transaction():
            more = db.select(Passage).where(Passage.id > last).order_by(Passage.id).limit(PART)
            some = list(db.session.scalars(more))
            if not some:
                break
            made = chance.standard_normal((len(some), DIMENSION)).astype("<f4")
            made /= np.linalg.norm(made, axis=1, keepdims=True)
            rows = [
                {"passage_id": each.id, "vector_set_id": serving.id, "data": vector.tobytes()}
                for each, vector in zip(some, made, strict=True)
            ]
            db.session.execute(insert(Vector), rows)
            index_of_vectors.put(some)
            last = some[-1].id
    return db.session.get_one(VectorSet, serving.id)


class Language:
    """Words of which the n-th most common is about 1/n as common as the first."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        letters = "bcdfglmnprstv"
        self._words = [
            "".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(3))
            + chance.choice(ENDINGS)
            for _ in range(WORDS)
        ]
        total = 0.0
        self._weights = [total := total + 1 / (n + 3) for n in range(WORDS)]

    def words(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)

    def passage(self) -> Piece:
        found = " ".join(self.words(LENGTH))
        return Piece(found, "", "§ 1", tokens(found))

    def common(self, place: int) -> str:
        return self._words[place]

    def question(self) -> str:
        return " ".join(self.words(9)) + "?"


def quality(name: str, directory: Path) -> None:
    def lines(file: str) -> list[dict[str, str]]:
        return [json.loads(each) for each in (directory / file).read_text().splitlines()]

    given = [(each["id"], each["text"]) for each in lines("passages.jsonl")]
    stock.documents([(id_, [Piece(words, "", "", tokens(words))]) for id_, words in given])
    found = measure([(each["question"], each["passage"]) for each in lines("questions.jsonl")])
    print(f"{name:<10}{found.recall(1):>8.3f}{found.recall(5):>8.3f}", end="")
    print(f"{found.mrr:>8.3f}{found.milliseconds:>8.1f}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    counts = [1_000, 10_000, 50_000]
    parser.add_argument("--passages", type=int, nargs="*", default=counts)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--faquad", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
