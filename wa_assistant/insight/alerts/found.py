"""What a rule finds: what there would be to tell of at this moment."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ...models import AlertType, Severity


@dataclass(frozen=True)
class Found:
    """`about` and `value` as in the table; `more` is what else the words need."""

    value: float = 0.0
    about: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """`look` gives what is to be told of, once it has been found for as long as `lasts`. What it
    does not find any more for as long as `calm` is resolved: so what comes and goes is told once.
    """

    type: AlertType
    severity: Severity
    look: Callable[[], Iterator[Found]]
    calm: timedelta = timedelta(minutes=3)
    lasts: timedelta = timedelta(0)
