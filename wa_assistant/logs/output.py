"""Where the log goes: stdout, but stderr while a command runs, whose stdout is its answer."""

import logging
import sys
from typing import Any, TextIO

import click


class Output(logging.StreamHandler[TextIO]):
    """The stream is looked up for each line: both may be put elsewhere meanwhile."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stderr if _is_command() else sys.stdout

    @stream.setter
    def stream(self, value: Any) -> None:
        raise AttributeError("It is always that of the process.")

    def is_terminal(self) -> bool:
        return self.stream.isatty()

    def is_seen(self) -> bool:
        """Whether a person looks at it, who reads text."""
        return _is_command() or self.is_terminal()


def _is_command() -> bool:
    return click.get_current_context(silent=True) is not None
