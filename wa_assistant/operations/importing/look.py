"""A file is gone through, and what it would change is written down, line by line: nothing else is.

Whoever is killed goes on behind the last line that is written down.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from sqlalchemy import select

from ...conversation import fields
from ...database import db, transaction
from ...models import Field, FileProblem, Import, ImportLine, ImportState, LineOutcome, LineReason
from ...work import claims
from ...work.claims import Claim
from . import columns, compare, dialect, files, rows
from .book import Book
from .files import WrongFileError
from .forget import forget_lines
from .kind import Pace, ended
from .line import Line, RejectedError, read

MOST_LINES = 200_000
SOME = 200  # lines that are compared together


def look(claim: Claim[Import]) -> None:
    """All of it. Raises claims.Lost."""
    try:
        file = db.session.get_one(Import, claim.id).file
        with closing(Book(files.path(file))) as book:
            _look(claim, book)
    except (WrongFileError, FileNotFoundError) as error:
        problem = error.problem if isinstance(error, WrongFileError) else FileProblem.GONE
        with transaction():
            found = claims.own(claim)
            found.problem = problem
            ended(found, ImportState.FAILED)


def _look(claim: Claim[Import], book: Book) -> None:
    pace = Pace()
    found = db.session.get_one(Import, claim.id)
    if found.place == 0:  # what was looked at in another way counts no more
        forget_lines(claim, pace)
    if found.columns is None:
        _learn(claim, book)
        found = db.session.get_one(Import, claim.id)
    which = list(found.columns or [])
    if columns.NUMBER not in which:
        raise WrongFileError(FileProblem.NO_NUMBERS)
    place, all_rows = found.place, _rows(found, book)
    if found.has_headers:
        _skip_to_head(all_rows, found.headers or [])
    left = (row for row in all_rows if row.number > place)
    while some := list(islice(left, SOME)):
        _keep(claim, pace, some, which)
    _end(claim)


def _learn(claim: Claim[Import], book: Book) -> None:
    """How the file is written, and what its columns are, where nobody has said so."""
    found = db.session.get_one(Import, claim.id)
    encoding, delimiter = found.encoding, found.delimiter
    if found.kind == files.CSV:
        encoding = encoding or dialect.encoding_of(files.path(found.file))
        delimiter = delimiter or dialect.delimiter_of(files.path(found.file), encoding)
    with transaction():
        found = claims.own(claim)
        found.encoding, found.delimiter = encoding, delimiter
    cells = [each.cells for each in islice(_rows(found, book), columns.MOST_LOOKED_AT)]
    if not cells:
        raise WrongFileError(FileProblem.NO_LINES)
    head = columns.head_of(cells)
    has_headers = columns.are_headers(cells[head])
    width = max(map(len, cells[head:]))
    headers = [*(cells[head] if has_headers else []), *[""] * width][:width]
    which = columns.told(headers, fields.all_fields())
    number = columns.number_column(cells[head + has_headers :])
    if columns.NUMBER not in which and number is not None:
        which[number] = columns.NUMBER
    with transaction():
        found = claims.own(claim)
        found.has_headers, found.columns = has_headers, which
        found.headers = columns.as_headers(headers)


def _skip_to_head(all_rows: Iterator[rows.Row], headers: list[str]) -> None:
    """What stands above it are titles."""
    width = len(headers)
    for row in all_rows:
        if [*columns.as_headers(row.cells), *[""] * width][:width] == headers:
            return


def _rows(found: Import, book: Book) -> Iterator[rows.Row]:
    if found.kind == files.XLSX:
        return book.rows()
    where = files.path(found.file)
    return rows.of_csv(where, found.encoding or "utf-8-sig", found.delimiter or ",")


def _keep(claim: Claim[Import], pace: Pace, some: list[rows.Row], which: list[str]) -> None:
    known = {f"{columns.FIELD}{each.id}": each for each in fields.all_fields()}
    lines = _told_apart(claim.id, _compared(some, which, known))
    db.session.rollback()  # nothing is held while the next ones wait for their turn
    at = 0
    while at < len(lines):
        with pace.unit(claim) as found:
            part = lines[at : at + pace.lines]
            db.session.add_all(part)
            for outcome in LineOutcome:
                counted = sum(each.outcome == outcome for each in part)
                setattr(found, outcome, getattr(found, outcome) + counted)
            found.place = part[-1].number
            found.share = some[-1].share
            if found.lines > MOST_LINES:
                raise WrongFileError(FileProblem.TOO_MANY_LINES)
        at += len(part)
    db.session.expunge_all()


def _compared(
    some: list[rows.Row], which: list[str], known: dict[str, Field]
) -> Iterator[ImportLine]:
    read_lines: list[Line] = []
    lines: dict[int, ImportLine] = {}
    for row in some:
        try:
            read_lines.append(_read(row, which, known))
        except RejectedError as error:
            args = (row.number, row.cells, error.reason, error.told)
            lines[row.number] = compare.rejected(*args)
    lines |= {each.number: each for each in compare.compared(read_lines)}
    return (lines[number] for number in sorted(lines))


def _read(row: rows.Row, which: list[str], known: dict[str, Field]) -> Line:
    if row.is_cut:
        raise RejectedError(LineReason.CUT_SHORT)
    return read(row.number, row.cells, which, known)


def _told_apart(import_id: int, lines: Iterator[ImportLine]) -> list[ImportLine]:
    """Of lines with one number the first counts."""
    lines_ = list(lines)
    keys = [each.key for each in lines_ if each.key]
    earlier = select(ImportLine.key, ImportLine.number).where(
        ImportLine.import_id == import_id, ImportLine.key.in_(keys)
    )
    seen: dict[str, int] = {key: number for key, number in db.session.execute(earlier) if key}
    found = []
    for each in lines_:
        line = each
        if each.key and each.key in seen:
            args = (each.number, each.cells, LineReason.TWICE, str(seen[each.key]))
            line = compare.rejected(*args)
        elif each.key:
            seen[each.key] = each.number
        line.import_id = import_id
        found.append(line)
    return found


def _end(claim: Claim[Import]) -> None:
    with transaction():
        found = claims.own(claim)
        if not found.lines:
            raise WrongFileError(FileProblem.NO_LINES)
        found.place, found.share = 0, 100
        ended(found, ImportState.SHOWN if found.to_do else ImportState.UNCHANGED)
