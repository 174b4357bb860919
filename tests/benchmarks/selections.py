"""How long the list of participants takes for each filter, and for several, among many people.

    .venv/bin/python -m tests.benchmarks.selections --people 1000000 [--postgres] [--keep DIRECTORY]

Each of them has a status, a language, consents, half a journey and a tag, a third a field, drawn by
chance; told is the median of several pages with their count, warm, in milliseconds.
"""

import argparse
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import select, text
from werkzeug.datastructures import MultiDict

import config
from tests.support.postgres import postgres
from wa_assistant import create_app
from wa_assistant.conversation import selected
from wa_assistant.conversation.selection import Selection
from wa_assistant.database import db
from wa_assistant.extensions import with_migrations
from wa_assistant.models import (
    Field,
    FieldKind,
    Journey,
    JourneyVersion,
    Participant,
    Role,
    Tag,
    User,
)

ASKED: dict[str, dict[str, Any]] = {
    "everybody": {},
    "open": {"status": "open"},
    "snoozed": {"status": "snoozed"},
    "done, in English": {"status": "done", "language": "en"},
    "snoozed, in English, asked": {"status": "snoozed", "language": "en", "consent": "asked"},
    "a tag of many": {"tag": "1"},
    "a tag of few": {"tag": "2"},
    "two tags": {"tag": ["1", "2"]},
    "a field": {"field-1": "recife"},
    "a field of few": {"field-1": "tabatinga"},
    "a range of numbers": {"field-2-from": "30", "field-2-to": "31"},
    "no field": {"field-1-is": "empty"},
    "a journey": {"journey": "1"},
    "a stage of few": {"journey": "1", "stage": "last"},
    "assigned": {"assigned": "1"},
    "to nobody, open": {"assigned": "none", "status": "open"},
    "window open": {"window": "open"},
    "marketing given": {"marketing": "given"},
    "created in a week": {"created_from": "2026-03-01", "created_to": "2026-03-07"},
    "created in a week, snoozed": {
        "created_from": "2026-03-01",
        "created_to": "2026-03-07",
        "status": "snoozed",
    },
    "not active since": {"active_to": "2025-06-30"},
    "a name": {"q": "number 77777"},
    "a tag of many, a field, nobody": {"tag": "1", "field-1": "recife", "stage": "nowhere"},
    "of all a bit, nobody": {
        "status": "snoozed",
        "language": "en",
        "consent": "refused",
        "marketing": "given",
        "window": "open",
        "field-1": "tabatinga",
    },
}
# By chance, but the same on both: from the id alone.
FILL = """
INSERT INTO participants (id, address, phone, match_key, name, known_as, name_folded, simulated,
  created_at, last_activity_at, last_inbound_at, status, language, consent, marketing_consent,
  journey_version_id, stage, assigned_to_id, unread, progress, consent_asked, clock_ahead, attempts,
  faults)
SELECT n, 'whatsapp:+55119' || (10000000 + n), '+55119' || (10000000 + n),
  '+55119' || (10000000 + n), 'Number ' || n, '', 'number ' || n, {false},
  {created}, {active}, {active},
  CASE WHEN n * 7919 % 100 < 60 THEN 'done' WHEN n * 7919 % 100 < 97 THEN 'open' ELSE 'snoozed' END,
  CASE WHEN n * 104729 % 10 < 6 THEN NULL WHEN n * 104729 % 10 < 9 THEN 'pt' ELSE 'en' END,
  CASE WHEN n * 1299709 % 10 < 7 THEN 'given' WHEN n * 1299709 % 10 < 9 THEN 'asked'
    ELSE 'refused' END,
  CASE WHEN n * 611953 % 10 < 8 THEN NULL WHEN n * 611953 % 10 < 9 THEN 'given'
    ELSE 'withdrawn' END,
  CASE WHEN n * 15485863 % 2 = 0 THEN 1 END,
  CASE WHEN n * 15485863 % 1000 = 0 THEN 'last' WHEN n * 15485863 % 2 = 0 THEN 'opening' END,
  CASE WHEN n * 32452843 % 500 = 0 THEN 1 END, 0, 0, 0, 0, 0, 0
FROM {numbers}
"""
TAGGED = """
INSERT INTO participant_tags (participant_id, tag_id)
SELECT id, 1 FROM participants WHERE CAST(id AS bigint) * 86028121 % 2 = 0
UNION ALL SELECT id, 2 FROM participants WHERE CAST(id AS bigint) * 86028121 % 10000 = 1
"""
VALUED = """
INSERT INTO field_values (participant_id, field_id, value, compared, number)
SELECT id, 1, 'Recife', 'recife', CAST(NULL AS REAL) FROM participants
  WHERE CAST(id AS bigint) * 49979687 % 3 = 0
UNION ALL SELECT id, 1, 'Tabatinga', 'tabatinga', NULL FROM participants
  WHERE CAST(id AS bigint) * 49979687 % 3 = 1 AND CAST(id AS bigint) * 49979687 % 10000 = 1
UNION ALL SELECT id, 2, '' || id % 80, '' || id % 80, id % 80 FROM participants WHERE id % 2 = 0
"""


def main() -> None:
    given = arguments()
    with ExitStack() as stack:
        name = given.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="wa-people-"))
        Path(name).mkdir(parents=True, exist_ok=True)
        environ = {"DATA_DIR": name}
        if given.postgres:
            server = stack.enter_context(postgres(Path(name) / "pg"))
            environ["DATABASE_URL"] = server.get_uri()
        app = with_migrations(create_app(config.load(environ, dotenv=None)))
        with app.app_context():
            upgrade()
            if db.session.scalar(select(Participant.id).limit(1)) is None:
                fill(given.people)
            for name, asked in ASKED.items():
                line(name, asked, given.times)
            db.session.close()
            db.engine.dispose()


def fill(people: int) -> None:
    on_postgres = db.engine.dialect.name == "postgresql"
    numbers = f"generate_series(1::bigint, {people}) AS n"
    created = "timestamptz '2025-01-01' + n * interval '1 minute' * 0.9"
    active = "timestamptz '2025-01-01' + (n * 7368787 % 1000000) * interval '1 minute'"
    if not on_postgres:
        some = f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s LIMIT {people})"
        numbers = f"({some} SELECT n FROM s)"
        created = moment("CAST(n * 54 AS INTEGER)")
        active = moment("(n * 7368787 % 1000000) * 60")
    false = "false" if on_postgres else "0"
    known()
    statements = (
        FILL.format(numbers=numbers, created=created, active=active, false=false),
        TAGGED,
        VALUED,
    )
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if on_postgres else "ANALYZE"))


def known() -> None:
    """What they may have."""
    journey = Journey(id=1, name="Interview")
    version = JourneyVersion(id=1, journey=journey, number=1, language="pt", state="published")
    db.session.add_all(
        [
            User(id=1, email="bia@example.com", role=Role.EDITOR),
            version,
            *(Tag(id=n, name=name) for n, name in enumerate(("Many", "Few"), start=1)),
            Field(id=1, name="City", kind=FieldKind.TEXT),
            Field(id=2, name="Age", kind=FieldKind.NUMBER),
        ]
    )
    db.session.flush()


def moment(seconds: str) -> str:
    return f"strftime('%Y-%m-%d %H:%M:%S.000000', '2025-01-01', '+' || ({seconds}) || ' seconds')"


def line(name: str, asked: dict[str, Any], times: int) -> None:
    pages = []
    for _ in range(times + 1):
        which = Selection.parse(MultiDict(asked))
        db.session.rollback()
        began = time.perf_counter()
        found = selected.page(which)
        pages.append(1000 * (time.perf_counter() - began))
    print(f"{name:<40}{statistics.median(pages[1:]):>9.1f} ms{found.number:>6}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--postgres", action="store_true", help="on a server of our own")
    parser.add_argument("--keep", metavar="DIRECTORY", help="fill there, or use what is there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
