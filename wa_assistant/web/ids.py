"""Row numbers in addresses: what no database could hold is nobody's."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowId(IntegerConverter):
    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def row_id(text: str) -> int:
    """For `request.args.get(name, type=row_id)`: None where there is no such number."""
    number = int(text)
    if not 0 < number <= LARGEST:
        raise ValueError(text)
    return number


def init_app(app: Flask) -> None:
    app.url_map.converters["id"] = RowId
