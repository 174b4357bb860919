"""Rows in tables as they once were, whatever columns the models have got since."""

from typing import Any

from sqlalchemy import MetaData, Table, column, insert, table

from wa_assistant.database import db


def row_of_old(name: str = "participants", /, **values: Any) -> None:
    """A row, in those columns alone that the table had from the first on."""
    columns: Any = db.metadata.tables[name].columns
    reflected = Table(name, MetaData(), autoload_with=db.session.connection())
    missing = [
        each.name
        for each in reflected.columns
        if not (each.nullable or each.server_default or each.primary_key)
        and each.name not in values
    ]
    made = {each: columns[each].default.arg for each in missing}
    made = {each: arg(None) if callable(arg) else arg for each, arg in made.items()}
    there = table(name, *(column(each, columns[each].type) for each in values | made))
    db.session.execute(insert(there).values(values | made))
