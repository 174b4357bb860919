"""Documents from a shell: `flask --app wsgi knowledge import`, `... knowledge reindex`."""

import logging
import sys
import time
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError, ProgrammingError

from ..knowledge import documents, patience, reading, reindex, search
from ..knowledge.importing import Importer, Outcome, batches
from ..knowledge.patience import Patience
from ..knowledge.reasons import reason
from ..models import Defect, Origin, VectorSet
from ..work import claims
from ..work.claims import Claim

PART_SECONDS = 2.0  # between two words on how far it is
LOOK_AGAIN_SECONDS = 0.5  # at what a worker does


def add_to(group: AppGroup) -> None:
    """Make these commands of the group `knowledge`."""
    group.add_command(import_)
    group.add_command(reindex_)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def import_(paths: tuple[Path, ...]) -> None:
    """Take in the documents at PATHS, files and folders; a line for each when it can be found.

    One of the same name is replaced, unless it is the same. In folders, hidden files are passed
    over, and those of a kind that is not read are skipped.
    """
    failed = 0
    with _undisturbed():
        for name, outcome in _taken_in(paths):
            failed += outcome.defect is not None
            click.echo(f"{name}: {_words(outcome)}")
            sys.stdout.flush()
    if failed:
        raise SystemExit(1)


@click.command("reindex")
def reindex_() -> None:
    """Make all vectors anew, after a change of OPENAI_EMBEDDING_MODEL; returns when they serve.

    Words that an older version laid out are laid out anew first, which takes no key.
    """
    with _undisturbed():
        outdated = search.is_layout_outdated()
        search.lay_out(float("inf"))
        if not reindex.start(Origin.COMMAND_LINE):
            if outdated:
                click.echo("All passages are found by their words as this version reads them.")
                return
            raise click.ClickException("There is no OPENAI_API_KEY to make vectors with.")
        while now := reindex.progress():
            _tell(now)
            if not now.waits:
                raise click.ClickException(reason(now.error or Defect.EMBEDDING_REFUSED))
            claim = reindex.take(now.vector_set_id)
            if claim is None:
                time.sleep(LOOK_AGAIN_SECONDS)
            elif why := _why_not_worked_off(claim):
                raise click.ClickException(why)
    click.echo("All passages are found by vectors of the model of the configuration.")


def _why_not_worked_off(claim: Claim[VectorSet]) -> str | None:
    """Work it off, or as far as it is our turn; a sentence where that cannot go on just now.

    Then a worker may go on with what is left.
    """
    why = None
    with claims.working(claim):
        why = _work_it_off(claim)
        if why:
            reindex.put_off(claim, 0)
    return why


def _work_it_off(claim: Claim[VectorSet]) -> str | None:
    patient, done = Patience(patience.REINDEX), 0
    while True:
        away: search.EmbeddingAway | None = None
        try:
            if reindex.part(claim, time.monotonic() + PART_SECONDS):
                return None
        except search.EmbeddingBusy as error:
            reindex.put_off(claim, error.retry_after)
            return None
        except search.EmbeddingRefused as error:
            return reason(error.defect)
        except search.EmbeddingAway as error:
            away = error
        if now := reindex.progress():
            _tell(now)
            done = now.done
        if away and not patient.wait(done, away.retry_after):
            away_words = reason(Defect.EMBEDDING_AWAY)
            return f"{away_words} What was made is kept: try again later."


def _taken_in(paths: Sequence[Path]) -> Iterator[tuple[str, Outcome]]:
    importer = Importer(Origin.COMMAND_LINE)
    shown: dict[str, str] = {}
    refused: list[tuple[str, Outcome]] = []

    def uploads() -> Iterator[documents.Upload]:
        for path in _files(paths):
            try:
                upload = _accepted(path, shown)
            except documents.Refused as error:
                refused.append((str(path), Outcome(False, 0, error.defect)))
            else:
                shown[upload.name] = str(path)
                yield upload

    for batch in batches(uploads()):
        outcomes = importer.take_in(batch)
        yield from zip([shown[each.name] for each in batch], outcomes, strict=True)
    yield from refused


def _accepted(path: Path, taken: Container[str]) -> documents.Upload:
    try:
        if not path.is_file():
            raise documents.Refused(Defect.FILE_GONE)
        with path.open("rb") as file:
            upload = documents.accept(path.name, file.read(reading.LARGEST + 1))
    except OSError as error:
        raise documents.Refused(Defect.FILE_GONE) from error
    if upload.name in taken:  # or the one of another folder would be lost
        raise documents.Refused(Defect.NAME_TAKEN)
    return upload


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for each in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
            if hidden or not each.is_file():  # a pipe would be waited for
                continue
            if reading.kind_of(each.name):
                yield each
            else:
                click.echo(f"{each}: skipped. {reason(Defect.UNKNOWN_KIND)}")


def _words(outcome: Outcome) -> str:
    if outcome.defect:
        return f"failed. {reason(outcome.defect)}"
    passages = f"{outcome.passages} passage{'s' if outcome.passages != 1 else ''}"
    return f"{'ready' if outcome.new else 'unchanged'}, {passages}"


def _tell(now: reindex.Progress) -> None:
    again = sys.stdout.isatty()
    line = f"{now.done} of {now.total} passages have their vector of {now.model}"
    click.echo(f"\r{line}" if again else line, nl=not again or now.done == now.total)
    sys.stdout.flush()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What goes wrong is said in a line of its own; English, as all of the command line."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with force_locale("en"):
            yield
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(
            "The database did not do it. Is it there, and migrated (.venv/bin/flask --app wsgi db "
            f"upgrade)? It says: {str(error.orig).splitlines()[0]}"
        ) from error
    finally:
        logging.disable(before)
