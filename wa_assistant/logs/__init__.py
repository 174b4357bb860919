"""What is logged: an event in fixed words, and beside it its data by name.

    log = logs.get(__name__)
    log.warning("webhook refused", kind=kind, reason="unsigned")

What is guaranteed: a line holds nobody's words, name, number or token, whoever logs it, also a
library. An exception is told by its kinds and places alone. Lines are JSON objects, or text for a
terminal, as LOG_FORMAT says.
"""

import logging
from collections.abc import Iterable

import structlog
from structlog.stdlib import BoundLogger, LoggerFactory, filter_by_level
from structlog.typing import EventDict, WrappedLogger

from . import masks
from .lines import formatter
from .output import Output

# Ours, whose level LOG_LEVEL is. Libraries log addresses, bodies and rows, which are people's: of
# them, only what is worth a warning.
OURS = ("wa_assistant", "jobs", "deploy")


def get(name: str) -> BoundLogger:
    """The logger of the module `name`; what it is given beside the event is the line's `data`."""
    found: BoundLogger = structlog.stdlib.get_logger(name)
    return found


def set_up(level: str, form: str, secrets: Iterable[str | None] = ()) -> None:
    """For this process, as often as one likes. `form`: auto, json, text; `secrets` stand in no
    line."""
    masks.hide(secrets)
    handler = Output()
    if form == "auto":
        form = "text" if handler.is_seen() else "json"
    handler.setFormatter(formatter(form, with_colours=handler.is_terminal()))
    root = logging.getLogger()
    for before in [each for each in root.handlers if isinstance(each, Output)]:
        root.removeHandler(before)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def _as_record(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """What logging is called with: the words, and the data beside them."""
    words, error = event.pop("event"), event.pop("exc_info", None)
    return {"msg": words, "exc_info": error, "extra": {"data": dict(event)}}


structlog.configure(
    processors=[filter_by_level, _as_record],
    logger_factory=LoggerFactory(),
    wrapper_class=BoundLogger,
    cache_logger_on_first_use=True,
)
