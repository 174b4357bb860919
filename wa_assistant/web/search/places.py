"""Where the search leads by a word: the pages that one may open, as the menu or their button names
them."""

from typing import NamedTuple

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ...database import folded
from .. import access
from ..settings.pages import ORDER


class Place(NamedTuple):
    words: str
    address: str
    icon: str


# Each with its picture.
PLACES: tuple[tuple[str, str, LazyString], ...] = (
    ("overview.index", "overview", _l("Overview")),
    ("conversations.index", "conversations", _l("Conversations")),
    ("mentions.index", "mention", _l("Mentions")),
    ("participants.index", "people", _l("Participants")),
    ("adding.form", "people", _l("Add somebody")),
    ("imports.index", "people", _l("Import participants")),
    ("exports.form", "people", _l("Export participants")),
    ("journeys.index", "journeys", _l("Journeys")),
    ("knowledge.index", "knowledge", _l("Knowledge")),
    ("knowledge.unanswered_questions", "knowledge", _l("Unanswered questions")),
    ("simulator.index", "simulator", _l("Simulator")),
    ("costs.index", "money", _l("Money")),
    ("people.index", "people", _l("Team")),
    ("audit.index", "people", _l("Audit")),
    ("settings.index", "settings", _l("Settings")),
    ("work.index", "pulse", _l("Work")),
    ("system.index", "pulse", _l("Health")),
    ("alerts.index", "bell", _l("Alerts")),
    ("dead_letters.index", "attention", _l("Dead letters")),
    ("preferences.show", "preferences", _l("Preferences")),
    ("keyboard.show", "keyboard", _l("Keyboard")),
)


def called(search: str) -> list[Place]:
    """Those of which each word of `search` begins a word; all where it has none."""
    words = folded(search).split()
    return [each for each in _open() if _fits(words, each.words)]


def _open() -> list[Place]:
    found = [
        Place(str(words), url_for(endpoint), icon)
        for endpoint, icon, words in PLACES
        if access.opens(endpoint)
    ]
    pages = [(f"settings.{page.name}", str(page.title)) for page in ORDER]
    found += [
        Place(words, url_for(endpoint), "settings")
        for endpoint, words in pages
        if access.opens(endpoint)
    ]
    return found


def _fits(words: list[str], name: str) -> bool:
    names = folded(name).split()
    return all(any(each.startswith(word) for each in names) for word in words)
