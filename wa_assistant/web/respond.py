"""The one answer to what a person did on a page, whether htmx sent the form or the browser itself.

            htmx                                          a form without a script
    done    the fragment as it is now, a toast            to the page, with the words on it
    told    the same: it did not happen, this is why      the same
    refused the fragment with what was typed, 422         the page with what was typed, 422

A fragment or page is given as its text, or as what renders it where it may not be needed.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Response, flash, redirect, request
from flask.typing import ResponseReturnValue

Shown = str | Callable[[], str]


class Undo(NamedTuple):
    """A way back that is offered beside the words: a button's label, where it posts to, and which
    form of the page takes it there."""

    label: str
    path: str
    form: str = "actions"


def by_htmx() -> bool:
    """Whether a script of ours asks, and not the browser. No other site can send this header."""
    return request.headers.get("HX-Request") == "true"


def done(
    page: str, words: str = "", *, fragment: Shown | None = None, undo: Undo | None = None
) -> ResponseReturnValue:
    """It is done, as `words` say; `page` is the address of where it shows."""
    return _answer(page, words, "done", fragment, undo)


def told(page: str, words: str = "", *, fragment: Shown | None = None) -> ResponseReturnValue:
    """It is not done: somebody was there before, or there was nothing to do. Without `words` the
    page itself says so."""
    return _answer(page, words, "message", fragment)


def refused(page: Shown, *, fragment: Shown | None = None, code: int = 422) -> ResponseReturnValue:
    """It cannot be done as it was asked; what was typed stands there still, with what is wrong."""
    return _shown(page if fragment is None or not by_htmx() else fragment), code


def overtaken(page: Shown) -> ResponseReturnValue:
    """A colleague has changed it meanwhile; what was typed stands beside theirs."""
    return refused(page, code=409)


def to_script(event: str, detail: dict[str, Any], code: int = 204) -> ResponseReturnValue:
    """Nothing is swapped: the element that asked hears `event`, and its script knows what to do."""
    return "", code, _trigger({event: detail})


def leave(page: str) -> ResponseReturnValue:
    """This page is over: `page` is opened as a whole."""
    if by_htmx():
        return Response(status=401, headers={"HX-Redirect": page})
    return redirect(page, code=303)


def _answer(
    page: str, words: str, category: str, fragment: Shown | None, undo: Undo | None = None
) -> ResponseReturnValue:
    if not by_htmx():
        if words:  # a cookie holds them meanwhile
            said: Any = {"value": words, **undo._asdict()} if undo else words
            flash(said, category)
        return redirect(page, code=303)
    toast = {"value": words, "act": undo._asdict()} if undo else words
    events = _trigger({"toast": toast}) if words else {}
    if fragment is None:
        return "", 204, events
    return _shown(fragment), events


def _shown(view: Shown) -> str:
    return view if isinstance(view, str) else view()


def _trigger(events: dict[str, Any]) -> dict[str, str]:
    return {"HX-Trigger": json.dumps(events)}
