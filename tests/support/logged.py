"""What was logged, as the lines of JSON that it becomes."""

import json
from typing import Any

from wa_assistant.logs.lines import formatter


def lines(caplog: Any) -> list[dict[str, Any]]:
    form = formatter("json")
    return [json.loads(form.format(record)) for record in caplog.records]


def data_of(caplog: Any, message: str) -> list[dict[str, Any]]:
    """What stands beside the `message` each time, without the logger's name."""
    return [
        {name: value for name, value in line["data"].items() if name != "logger"}
        for line in lines(caplog)
        if line["message"] == message
    ]
