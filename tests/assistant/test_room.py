"""A conversation longer than the model's context loses its oldest turns, and that is said."""

from typing import Any

import pytest

from tests.doubles.servers import KINDS, Kind, Kinds
from wa_assistant.assistant import manner, model, prompt, retrieval, room
from wa_assistant.clients import learned
from wa_assistant.clients.failures import Failure, TooLong
from wa_assistant.models import CallKind, Outcome
from wa_assistant.money.caps import NoRoom
from wa_assistant.money.ledger import Payer

SMALL = [kind for kind in KINDS if kind.context]
RULES = {"role": "system", "content": "r" * 2000}
ASKED = {"role": "user", "content": "quanto custa?"}


# What is asked is in the ledger, and nothing else: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def servers():
    with Kinds() as double:
        yield double


@pytest.fixture(params=SMALL, ids=lambda kind: kind.name)
def small(request, servers, make_app):
    servers.become(request.param, alternates=True)
    with make_app(OPENAI_BASE_URL=servers.base_url).app_context():
        learned.forget("gpt-6-luna")
        yield servers


def ask(messages: list[dict[str, Any]]) -> model.Attempt:
    usual = manner.now()
    room = model.reserve(Payer(CallKind.TRIAL), messages, usual)
    assert not isinstance(room, NoRoom)
    return model.ask(room, messages, usual)


def conversation(turns: int) -> list[dict[str, Any]]:
    said = [
        {"role": ("user", "assistant")[n % 2], "content": f"{n} " + "palavra " * 50}
        for n in range(turns)
    ]
    return [RULES, *said, ASKED]


def test_it_is_asked_again_once_with_what_fits(small):
    attempt = ask(conversation(20))
    assert attempt.outcome == Outcome.ANSWERED
    assert len(small.calls) == 2
    shorter = small.calls[1]["messages"]
    assert (shorter[0], shorter[-1]) == (RULES, ASKED)
    assert attempt.call.left_out == 20 - (len(shorter) - 2) > 0


def test_the_next_one_fits_at_once(small):
    ask(conversation(20))
    before = len(small.calls)
    attempt = ask(conversation(40))
    assert attempt.outcome == Outcome.ANSWERED
    assert len(small.calls) == before + 1
    assert attempt.call.left_out


def test_a_server_of_shorter_tokens_than_we_think_is_asked_once_more(small, monkeypatch):
    monkeypatch.setattr("tests.doubles.servers.CHARACTERS_A_TOKEN", 2)
    small.become(small.kind, context=8192)
    for _ in range(2):  # the second is cut by an estimate first
        attempt = ask(conversation(80))
        assert (attempt.outcome, attempt.call.error) == (Outcome.ANSWERED, None)


@pytest.mark.parametrize("found", [[], ["pp " * 300] * 5])
def test_of_what_is_asked_alone_being_too_long_the_newest_words_are_answered(small, found):
    asked = {"role": "user", "content": "palavra " * 3000 + "quanto custa?"}
    messages = [RULES, asked]
    if found:
        messages = prompt.with_retrieval(messages, retrieval.as_told(found))
    attempt = ask(messages)
    assert (attempt.outcome, attempt.call.failure) == (Outcome.ANSWERED, None)
    assert len(small.calls) <= 3
    told = small.calls[-1]["messages"][-1]["content"]
    assert told.endswith("palavra quanto custa?")
    assert "[...]" in told
    assert attempt.call.left_out == 1


def test_what_never_fits_is_no_loop(small, monkeypatch):
    monkeypatch.setattr("tests.doubles.servers.CHARACTERS_A_TOKEN", 0.1)
    of_a_plan = Failure.TOO_LARGE if "plan" in small.kind.name else Failure.TOO_LONG
    attempt = ask([RULES, {"role": "user", "content": "palavra " * 3000}])
    assert (attempt.outcome, attempt.call.failure) == (Outcome.REJECTED, of_a_plan)
    assert len(small.calls) <= 3


def test_a_server_that_gives_no_numbers_gets_half(openai, make_app):
    openai.fail_next(status=400, code="context_length_exceeded")
    with make_app().app_context():
        attempt = ask(conversation(20))
        assert learned.of("gpt-6-luna") == {}
    assert attempt.outcome == Outcome.ANSWERED
    assert len(openai.calls) == 2
    assert len(openai.calls[1]["messages"]) <= 22 - 8


def test_a_context_of_the_environment_is_kept_to_from_the_first(openai, make_app):
    with make_app(OPENAI_CONTEXT_TOKENS=4096).app_context():
        attempt = ask(conversation(40))
    assert attempt.outcome == Outcome.ANSWERED
    assert len(openai.calls) == 1
    assert attempt.call.left_out


def test_a_conversation_that_fits_is_told_whole(openai, make_app):
    with make_app(OPENAI_CONTEXT_TOKENS=100_000).app_context():
        attempt = ask(conversation(40))
    assert len(openai.calls[0]["messages"]) == 42
    assert attempt.call.left_out is None


def test_an_answer_is_made_shorter_where_that_is_enough(servers, make_app):
    kind = next(kind for kind in KINDS if kind.name.startswith("vLLM, a context"))
    servers.become(Kind(kind.name, context=2048))
    with make_app(OPENAI_BASE_URL=servers.base_url).app_context():
        learned.forget("gpt-6-luna")
        attempt = ask([RULES, {"role": "user", "content": "p" * 3200}])
    assert attempt.outcome == Outcome.ANSWERED
    first, second = servers.calls
    assert first["max_completion_tokens"] == 1000
    assert 300 <= second["max_completion_tokens"] < 1000
    assert attempt.call.left_out is None


@pytest.mark.parametrize("context", [1024, 2048, 4096, 8192])
@pytest.mark.parametrize("turns", [1, 2, 7, 40])
def test_what_is_kept_begins_with_the_participant_and_ends_with_what_is_asked(context, turns):
    kept, left_out = room.fit(conversation(turns), TooLong("", context=context, read=9000))
    assert (kept[0], kept[-1]) == (RULES, ASKED)
    assert [each["role"] for each in kept[1:2]] == ["user"]
    assert left_out == turns - (len(kept) - 2)


def test_where_the_history_is_not_enough_the_last_passages_go(openai, make_app):
    found = [{"number": n, "text": f"passage {n} " + "p" * 900} for n in range(1, 6)]
    messages = [
        {"role": "system", "content": "r" * 2000},
        {"role": "user", "content": "oi"},
        {"role": "assistant", "content": "olá"},
        {"role": "user", "content": "quanto custa?"},
    ]
    messages = prompt.with_retrieval(messages, retrieval.as_told(found))
    kept, left_out = room.fit(messages, TooLong("", context=2400, read=3000))
    assert left_out == 2
    assert kept[0] == messages[0]
    last = kept[-1]["content"]
    assert last.startswith("<documents>\n[")
    assert last.endswith("</documents>\n\nquanto custa?")
    assert "passage 1" in last
    assert "passage 5" not in last


@pytest.mark.parametrize("found", ["Nothing was found", "[]", "[{"])
def test_where_there_are_no_passages_to_leave_out_the_turn_stays(found):
    asked = {"role": "user", "content": f"<documents>\n{found}\n</documents>\n\nquanto?"}
    assert prompt.with_less(asked, 0)["content"].endswith("\n\nquanto?")


@pytest.mark.parametrize("most", [600, 1500, 2500])
def test_beside_pictures_the_passages_go_too_and_then_the_oldest_words(most):
    photo = {"type": "image_url", "image_url": {"url": "data:"}}
    text = {"type": "text", "text": "velho " * 200}
    newest = {"type": "text", "text": "novo " * 100}
    asked = {"role": "user", "content": [text, photo, newest]}
    found = retrieval.as_told([f"passage {n} " + "p" * 400 for n in range(3)])
    (_, asked) = prompt.with_retrieval([RULES, asked], found)
    kept = prompt.with_less(asked, most)["content"]
    first, shown, last = kept
    assert (shown, last) == (photo, newest)
    assert prompt.characters(kept) <= max(most, 600)
    assert first["text"].startswith("<documents>\n")
    assert first["text"].endswith("[...]") or first["text"].endswith("velho ")
