"""Which keys do what: a page, and a dialog on any page."""

from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ...accounts.authority import Act
from .. import access, respond

blueprint = Blueprint("keyboard", __name__)


class Key(NamedTuple):
    """`keys` that do the same, by what stands on them."""

    keys: tuple[str, ...]
    words: LazyString


# What static/js/keys.js knows, and pages press by `data-key`.
KEYS = (
    (
        _l("Everywhere"),
        (
            Key(("Ctrl K", "/"), _l("Search, and go anywhere")),
            Key(("?",), _l("Show these keys")),
            Key(("Esc",), _l("Close, or leave the field")),
        ),
    ),
    (
        _l("In the list of conversations"),
        (
            Key(("J",), _l("Next conversation")),
            Key(("K",), _l("Conversation before")),
            Key(("Enter",), _l("Open it")),
        ),
    ),
    (
        _l("In a conversation"),
        (
            Key(("R",), _l("Write to the participant")),
            Key(("N",), _l("Write a note")),
            Key(("L",), _l("Add a tag")),
            Key(("T",), _l("Take over")),
            Key(("E",), _l("Mark as done")),
            Key(("S",), _l("Snooze")),
        ),
    ),
)


@blueprint.get("/keyboard")
@access.may(Act.KEEP_PREFERENCES)
def show() -> ResponseReturnValue:
    page = "search/keys.html" if respond.by_htmx() else "search/keyboard.html"
    return render_template(page, parts=KEYS)
