"""One answer, whether htmx sent the form or the browser itself."""

import json
from typing import Any

import pytest
from flask import Response, get_flashed_messages, make_response

from wa_assistant.web import respond

BY_HTMX = {"HX-Request": "true"}
WORDS = "It is saved."


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture
def asked(app):
    """`asked(headers, verb, ...)`: the verb's answer to a request with these headers."""

    def ask(headers, verb, *arguments, **options) -> tuple[Response, Any]:
        with app.test_request_context("/", method="POST", headers=headers):
            response = make_response(verb(*arguments, **options))
            return response, get_flashed_messages(with_categories=True)

    return ask


def never() -> str:
    raise AssertionError("rendered, and not needed")


@pytest.mark.parametrize(("verb", "category"), [("done", "done"), ("told", "message")])
def test_a_plain_form_leads_to_the_page_with_the_words_on_it(asked, verb, category):
    response, said = asked({}, getattr(respond, verb), "/there", WORDS, fragment=never)
    assert (response.status_code, response.location) == (303, "/there")
    assert said == [(category, WORDS)]


@pytest.mark.parametrize("verb", ["done", "told"])
def test_htmx_gets_the_fragment_and_the_words_pass_by(asked, verb):
    shown = getattr(respond, verb)
    response, said = asked(BY_HTMX, shown, "/there", WORDS, fragment=lambda: "<p>Now</p>")
    assert (response.status_code, response.get_data(as_text=True), said) == (200, "<p>Now</p>", [])
    assert json.loads(response.headers["HX-Trigger"]) == {"toast": WORDS}


def test_where_no_fragment_changes_htmx_swaps_nothing(asked):
    response, _ = asked(BY_HTMX, respond.done, "/there")
    assert (response.status_code, response.get_data(as_text=True)) == (204, "")
    assert "HX-Trigger" not in response.headers


def test_a_fragment_may_be_emptied(asked):
    response, _ = asked(BY_HTMX, respond.done, "/there", fragment="")
    assert (response.status_code, response.get_data(as_text=True)) == (200, "")


def test_a_way_back_is_offered_beside_the_words(asked):
    undo = respond.Undo("Reopen", "/again")
    response, _ = asked(BY_HTMX, respond.done, "/there", WORDS, undo=undo)
    act = {"label": "Reopen", "path": "/again", "form": "actions"}
    assert json.loads(response.headers["HX-Trigger"]) == {"toast": {"value": WORDS, "act": act}}
    _, said = asked({}, respond.done, "/there", WORDS, undo=undo)
    assert said == [("done", {"value": WORDS, **act})]


def test_what_is_refused_is_shown_again_as_it_was_typed(asked):
    response, _ = asked({}, respond.refused, lambda: "page", fragment=never)
    assert (response.status_code, response.get_data(as_text=True)) == (422, "page")
    response, _ = asked(BY_HTMX, respond.refused, never, fragment=lambda: "fragment")
    assert (response.status_code, response.get_data(as_text=True)) == (422, "fragment")
    response, _ = asked({}, respond.overtaken, "theirs and yours")
    assert (response.status_code, response.get_data(as_text=True)) == (409, "theirs and yours")


def test_a_page_that_is_over_is_left_as_a_whole(asked):
    response, _ = asked({}, respond.leave, "/sign-in")
    assert (response.status_code, response.location) == (303, "/sign-in")
    response, _ = asked(BY_HTMX, respond.leave, "/sign-in")
    assert (response.status_code, response.headers["HX-Redirect"]) == (401, "/sign-in")
