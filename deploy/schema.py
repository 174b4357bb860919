"""Brings the database's tables up to date before anything uses them."""

import re
import sqlite3
from contextlib import closing
from typing import Any

from config import ROOT, Config

FIRST = "0001"
VERSIONS = ROOT / "migrations" / "versions"


class NoDatabase(Exception):
    """Why it cannot be used, as one sentence."""


def migrate(config: Config) -> None:
    """Raises NoDatabase. Says in a line what it did to a database that was there."""
    # Asked first without the application, whose import is half of a start.
    found, (known, heads) = current_revision(config), revisions()
    if found in heads and shipped_journeys() <= journeys(config):
        return
    from flask_migrate import upgrade
    from sqlalchemy.exc import OperationalError

    from wa_assistant import create_app
    from wa_assistant.extensions import with_migrations
    from wa_assistant.journey import starters

    try:
        with with_migrations(create_app(config)).app_context():
            if found is not None and found not in known:
                adopt()
            upgrade()
            starters.install()
    except OperationalError as error:
        raise NoDatabase(f"The database cannot be used: {str(error.orig).strip()}") from None


def adopt() -> None:
    """Keep a database from before the first release, whose migrations are gone, where its tables
    are those of that release; raises NoDatabase where they are not."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from flask_migrate import stamp

    from wa_assistant.database import Base, db

    with db.engine.connect() as connection:
        options = {"include_name": lambda name, *_: not (name or "").startswith("index_")}
        context = MigrationContext.configure(connection, opts=options)
        if any(not _is_later(each) for each in compare_metadata(context, Base.metadata)):
            raise NoDatabase(
                "This database was made before the first release, and its tables are others: "
                "move it away, or start the version that made it."
            )
    stamp(revision=FIRST, purge=True)
    print("The database is from before the first release, with its tables: it is kept.")  # noqa: T201


def _is_later(change: Any) -> bool:
    """Whether it is what a migration after the first makes, or alters of a column."""
    if isinstance(change, list):  # of one column
        return all(map(_is_later, change))
    texts = {path.name: path.read_text() for path in sorted(VERSIONS.glob("*.py"))}
    first = texts.pop(f"{FIRST}_initial.py")
    if change[0] in ("add_table", "add_index"):
        return f'"{change[-1].name}"' not in first
    name = change[3] if change[0].startswith("modify_") else change[-1].name
    return not change[0].startswith("remove_") and f'"{name}"' in "".join(texts.values())


def revisions() -> tuple[set[str], set[str]]:
    """All that there are, and those that no other follows: one, or none where that is not so."""
    revisions, followed = set(), set()
    for path in VERSIONS.glob("*.py"):
        text = path.read_text()
        revisions |= set(re.findall(r'^revision\b.*= *"(\w+)"', text, re.M))
        followed |= set(re.findall(r'^down_revision\b.*= *"(\w+)"', text, re.M))
    heads = revisions - followed
    return revisions, heads if len(heads) == 1 else set()


def shipped_journeys() -> set[str]:
    """Those that come with the product, as the database names them: one a file and language."""
    files = (ROOT / "wa_assistant" / "journey" / "starters").glob("[a-z]*.py")
    names = [path.stem.replace("_", "-") for path in files]
    return {f"{name}:{language}" for name in names for language in ("pt", "en")}


def current_revision(config: Config) -> str | None:
    """The revision the database is at; None where that cannot be told this quickly."""
    found = _asked(config, "SELECT version_num FROM alembic_version")
    return found[0] if len(found) == 1 else None


def journeys(config: Config) -> set[str]:
    """Those that came with the product, whatever became of them."""
    return set(_asked(config, "SELECT starter FROM journeys WHERE starter IS NOT NULL"))


def has_users(config: Config) -> bool:
    """False where that cannot be told this quickly."""
    return bool(_asked(config, "SELECT id FROM users LIMIT 1"))


def _asked(config: Config, question: str) -> list[str]:
    """What the database answers, without the application; nothing where it does not."""
    try:
        if config.DATABASE_URL.startswith("sqlite"):
            path = config.DATABASE_URL.removeprefix("sqlite:///")
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as lite:
                rows = lite.execute(question).fetchall()
        else:
            import psycopg

            url = config.DATABASE_URL.replace("+psycopg", "", 1)
            with psycopg.connect(url, connect_timeout=3) as postgres:
                rows = postgres.execute(question).fetchall()
    except Exception:  # noqa: BLE001 - whatever is wrong, the migration will say it better
        return []
    return [row[0] for row in rows]
