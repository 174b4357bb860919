"""A page of settings: which stand on it, and how each stands in its form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask_babel import LazyString, format_decimal
from werkzeug.datastructures import MultiDict

from ...settings import Settings

Form: TypeAlias = MultiDict[str, str]
Values: TypeAlias = Mapping[str, Any]


def text(value: Any) -> str:
    return "" if value is None else str(value)


def number(value: float | None) -> str:
    """As the page's language writes it."""
    return "" if value is None else format_decimal(value, "0.####")


def typed(form: Form, name: str) -> Any:
    return form.get(name)


@dataclass(frozen=True)
class Field:
    """How a setting stands in a form.

    `shown`: its value as the form's fields hold it. `given`: what a form brings of it, for the
    setting's own reader; None where it was not on the page, and is left alone. `told`: what
    `shown` gives, in words; "" where nothing is chosen.
    """

    shown: Callable[[Any], Any] = text
    given: Callable[[Form, str], Any] = typed
    told: Callable[[Any], str] = str


PLAIN = Field()


def nothing(values: Values) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Page:
    """`name` is that of its address and of its template; `more`: what this needs besides the
    values, which it is made from."""

    name: str
    title: LazyString
    lead: LazyString
    fields: Mapping[str, Field]
    more: Callable[[Values], dict[str, Any]] = nothing

    def shown(self, now: Settings) -> dict[str, Any]:
        """Each of its values as the form holds it."""
        return {name: field.shown(getattr(now, name)) for name, field in self.fields.items()}

    def told(self, name: str, value: Any) -> str:
        """A value of `name` in words."""
        field = self.fields[name]
        return field.told(field.shown(value))

    def given(self, form: Form) -> dict[str, Any]:
        """What a form brings, by setting."""
        found = {name: field.given(form, name) for name, field in self.fields.items()}
        return {name: value for name, value in found.items() if value is not None}

    def seen(self, form: Form) -> dict[str, str]:
        """The mark of each value as the form's reader had it before them."""
        return {name: form.get(f"seen.{name}", "") for name in self.fields}
