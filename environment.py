"""Reads typed values out of the environment; what cannot be used is said in one sentence."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ORIGIN = r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?"
USUAL_PORT = re.compile(r"https:.+:443$|http:.+:80$")


class ConfigError(Exception):
    """What is wrong with the environment, as one sentence that names the variable."""


def read_file(dotenv: Path) -> dict[str, str | None]:
    """What stands in a file like `.env`, by name. Raises ConfigError where it cannot be read."""
    try:
        return dict(dotenv_values(dotenv))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{dotenv} cannot be read: {error}.") from None


class Reader:
    """Reads one typed value at a time; an empty value counts as not given."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str) -> str | None:
        return self._values.get(name) or None

    def number(self, name: str, default: float, least: float, most: float) -> float:
        text = self.text(name)
        if text is None:
            return default
        try:
            value = float(text)
        except ValueError:
            raise ConfigError(f"{name} must be a number, not {text!r}.") from None
        if not least <= value <= most:
            raise ConfigError(f"{name} must be between {least:g} and {most:g}, not {text}.")
        return value

    def integer(self, name: str, default: int, least: int, most: int) -> int:
        value = self.number(name, default, least, most)
        if value != int(value):
            raise ConfigError(f"{name} must be a whole number, not {self.text(name)}.")
        return int(value)

    def dollars(self, name: str) -> int | None:
        """Micro-dollars; None where it is not given."""
        text = self.text(name)
        if text is None:
            return None
        if not re.fullmatch(r"\d{1,7}(\.\d{1,6})?", text):
            raise ConfigError(f"{name} must be an amount of dollars like 12.50, not {text!r}.")
        return int(Decimal(text) * 1_000_000)

    def flag(self, name: str) -> bool:
        return self.choice(name, "off", ("on", "off")) == "on"

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        text = self.text(name) or default
        for choice in choices:
            if text.casefold() == choice.casefold():
                return choice
        raise ConfigError(f"{name} must be one of {', '.join(choices)}, not {text!r}.")

    def url(self, name: str, *, path: bool = True) -> str | None:
        text = self.text(name)
        if text is None:
            return None
        text = text.rstrip("/")
        if not _is_url(text, path):
            ending = "" if path else ", without a path"
            raise ConfigError(f"{name} must look like https://example.com{ending}, not {text!r}.")
        return text

    def smtp(self, name: str) -> str | None:
        """Where e-mail is handed over. The value is not told: it may hold a password."""
        text = self.text(name)
        if text and not (
            re.fullmatch(r"smtps?://\S+", text) and is_port_right(text) and _is_host_alone(text)
        ):
            raise ConfigError(f"{name} must look like smtp://user:password@host:587.")
        return text

    def sender(self, name: str) -> str | None:
        """An e-mail address, with a name or without."""
        text = self.text(name)
        if text and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+|[^<>\n]+<[^@\s<>]+@[^@\s<>]+>", text):
            raise ConfigError(f"{name} must look like Assistant <bot@example.com>, not {text!r}.")
        return text

    def words(self, name: str, pattern: str, what: str) -> tuple[str, ...]:
        words = [word.strip().lower() for word in (self.text(name) or "").split(",")]
        for word in filter(None, words):
            if not re.fullmatch(pattern, word):
                raise ConfigError(f"{name} holds {word!r}, which is not {what}.")
        return tuple(filter(None, words))

    def label(self, name: str, default: str) -> str:
        """A short name that people read; `default` however its letters are written."""
        text = self.text(name) or default
        if not re.fullmatch(r"[\w .()-]{1,40}", text):
            raise ConfigError(
                f"{name} must be a short name of letters, digits, blanks and hyphens, not {text!r}."
            )
        return default if text.casefold() == default.casefold() else text

    def origins(self, name: str) -> tuple[str, ...]:
        """Each as browsers write it: they are compared letter by letter."""
        origins = self.words(name, ORIGIN, "an origin like https://app.example.com")
        for origin in origins:
            if not is_port_right(origin) or USUAL_PORT.match(origin):
                raise ConfigError(f"{name} holds {origin!r}, with a port that browsers never say.")
        return origins

    def both(self, one: str, other: str) -> None:
        for given, missing in ((one, other), (other, one)):
            if self.text(given) and not self.text(missing):
                raise ConfigError(f"{given} is set but {missing} is not: give both or neither.")


def _is_url(text: str, path: bool) -> bool:
    if re.search(r"\s", text) or not is_port_right(text):
        return False
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        return False
    return path or not (parts.path or parts.username)


def _is_host_alone(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.hostname) and not (parts.path.strip("/") or parts.query or parts.fragment)


def is_port_right(url: str) -> bool:
    """Whether `url` can be taken apart, and names a port that can be or none."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False
