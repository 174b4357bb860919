"""Where a conversation is acted in: on its own page, or beside the simulator's phone; and in which
list it was found."""

from typing import Any, NamedTuple

from flask import request, url_for

from ...conversation import lists
from ...conversation.lists import Sort

NAMES = ("show", "q", "sort")  # of the list, as addresses carry them


class Listed(NamedTuple):
    """A list, and how it is sorted."""

    show: str
    sort: Sort


def of(participant_id: int) -> str:
    """The address of the page whose form was sent."""
    if request.form.get("place") == "simulator":
        return url_for("simulator.show", participant_id=participant_id, side="team")
    return url_for("conversations.show", participant_id=participant_id, **in_list())


def listed() -> Listed:
    """The list that is asked for, by an address or by a form that one found there; the open ones,
    newest first, where nothing is."""
    sort = request.values.get("sort", "")
    show = lists.known(request.values.get("show", ""))
    return Listed(show, Sort(sort) if sort in tuple(Sort) else Sort.NEWEST)


def in_list(**other: str | None) -> dict[str, Any]:
    """What an address needs to lead to the same list, or to one that is `other`."""
    here, usual = listed(), Listed(lists.OPEN, Sort.NEWEST)._asdict()
    now = {**here._asdict(), "q": request.values.get("q", "").strip() or None, **other}
    return {name: None if now[name] == usual.get(name) else now[name] for name in NAMES}
