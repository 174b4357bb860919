"""Files with participants, and what becomes of them."""

import io
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import current_app
from openpyxl import Workbook

from tests.cast import CAIO, rows, set_back
from tests.journey.people import user
from wa_assistant.conversation.selection import Selection
from wa_assistant.database import db, transaction
from wa_assistant.models import Field, FieldKind, FileProblem, Import, ImportLine, LineOutcome
from wa_assistant.operations.importing import export, verbs, work
from wa_assistant.work import policies

HEAD = "Número;Nome;Etiquetas;Idioma"


def made(text: str | bytes, name: str = "people.csv") -> int:
    """The id of an import of a file that holds this, not looked at yet."""
    content = text if isinstance(text, bytes) else text.encode()
    return verbs.begin(user(CAIO), name, io.BytesIO(content)).id


def take_in(import_id: int) -> None:
    """As the engine does, in a context of its own."""
    with current_app.app_context():
        work.take_in(import_id)


def seen(text: str | bytes) -> Import:
    """As it is once it was looked at."""
    found = made(text)
    take_in(found)
    return of(found)


def applied(text: str | bytes) -> Import:
    found = seen(text)
    assert verbs.apply(user(CAIO), found.id), (found.problem, lines(found))
    take_in(found.id)
    return of(found.id)


def buried(import_id: int) -> None:
    """It fails as often as it may, by a fault of ours each time, and then is a dead letter."""
    for _ in range(policies.IMPORT.most_faults + 1):
        set_back(Import.due_at, 3600)
        with suppress(RuntimeError):
            take_in(import_id)
    assert of(import_id).problem == FileProblem.OUR_FAULT


def undone(found: Import) -> Import:
    assert verbs.undo(user(CAIO), found.id)
    take_in(found.id)
    return of(found.id)


def of(import_id: int) -> Import:
    db.session.rollback()
    return db.session.get_one(Import, import_id, populate_existing=True)


def lines(found: Import) -> list[ImportLine]:
    return rows(ImportLine, ImportLine.import_id == found.id)


def counts(found: Import) -> dict[str, int]:
    return {str(each): getattr(found, each) for each in LineOutcome if getattr(found, each)}


def workbook(*rows_: Sequence[Any]) -> bytes:
    book = Workbook()
    for row in rows_:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def exported(format_: str = "csv", language: str = "pt", **asked: Any) -> bytes:
    with export.write(user(CAIO), Selection.parse(asked), format_, language) as file:
        return file.read()


def a_field(name: str, kind: FieldKind = FieldKind.TEXT, options: Sequence[str] = ()) -> Field:
    with transaction():
        made_ = Field(name=name, kind=kind, options=list(options))
        db.session.add(made_)
    return db.session.get_one(Field, made_.id)
