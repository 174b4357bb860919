"""Brings the database's tables up to date before anything uses them."""

import re
import sqlite3
from contextlib import closing

from config import ROOT, Config


class NoDatabase(Exception):
    """Why it cannot be used, as one sentence."""


def migrate(config: Config) -> None:
    # Asked first without the application, whose import is half of a start.
    if current_revision(config) in head_revisions() and shipped_journeys() <= journeys(config):
        return
    from flask_migrate import upgrade
    from sqlalchemy.exc import OperationalError

    from wa_assistant import create_app
    from wa_assistant.journey import starters

    try:
        with create_app(config).app_context():
            upgrade()
            starters.install()
    except OperationalError as error:
        raise NoDatabase(f"The database cannot be used: {str(error.orig).strip()}") from None


def head_revisions() -> set[str]:
    revisions, followed = set(), set()
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        text = path.read_text()
        revisions |= set(re.findall(r'^revision\b.*= *"(\w+)"', text, re.M))
        followed |= set(re.findall(r'^down_revision\b.*= *"(\w+)"', text, re.M))
    heads = revisions - followed
    return heads if len(heads) == 1 else set()


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
