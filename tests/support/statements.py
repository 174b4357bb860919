"""What a test sends to the database is counted."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from wa_assistant.extensions import db


class Statements(list[str]):
    """Those sent so far, in order, and how many `commits` there were."""

    commits = 0

    def clear(self) -> None:
        super().clear()
        self.commits = 0


@pytest.fixture
def statements(app: Flask, context: Any) -> Iterator[Statements]:
    """From where the test asks for it: what other fixtures did before counts too, until it is
    cleared."""
    sent = Statements()

    def seen(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    def committed(connection: Any) -> None:
        sent.commits += 1

    event.listen(db.engine, "before_cursor_execute", seen)
    event.listen(db.engine, "commit", committed)
    yield sent
    event.remove(db.engine, "before_cursor_execute", seen)
    event.remove(db.engine, "commit", committed)
