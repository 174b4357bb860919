"""Time passes without anybody waiting: all that is stored becomes so much older."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Column, Table, select, update

from wa_assistant.database import UtcDateTime, db, transaction

from .unguarded import unguarded


def pass_time(app: Flask, seconds: float) -> None:
    """Let `seconds` pass for the product; what a test holds in its hands stays as it was."""
    with app.app_context(), transaction(), unguarded():
        for table in db.metadata.sorted_tables:
            moments = [column for column in table.columns if isinstance(column.type, UtcDateTime)]
            if moments:
                _age(table, moments, timedelta(seconds=seconds))


def _age(table: Table, moments: Sequence[Column[Any]], by: timedelta) -> None:
    (key,) = table.primary_key.columns
    for row in db.session.execute(select(key, *moments)).all():
        older = {column.name: at - by for column, at in zip(moments, row[1:], strict=True) if at}
        if older:
            db.session.execute(update(table).where(key == row[0]).values(older))
