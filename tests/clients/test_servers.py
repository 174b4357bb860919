"""Every kind of server is asked as the product asks; docs/models.md says what becomes of it."""

import os
import re
from typing import Any

import pytest
from flask_babel import force_locale

from tests.doubles.manners import ANSWER
from tests.doubles.servers import KINDS, Kind, Kinds
from tests.support.processes import ROOT
from wa_assistant.assistant import manner, model, prompt
from wa_assistant.assistant.retrieval import Retrieval
from wa_assistant.clients import learned
from wa_assistant.clients.failures import Failure
from wa_assistant.models import CallKind, Direction, Message, Outcome
from wa_assistant.money.caps import NoRoom
from wa_assistant.money.ledger import Payer
from wa_assistant.web.shell.labels import FAILURES

PAGE = ROOT / "docs" / "models.md"
BEGIN, END = "<!-- made by tests/clients/test_servers.py -->\n", "<!-- end -->\n"
SAID = ("Oi", "Olá! Em que posso ajudar?", "Quanto custa o plano?")


# What is asked is in the ledger, and nothing else: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def servers():
    with Kinds() as double:
        yield double


@pytest.fixture
def asks(servers, make_app):
    """Ask a server of a kind what a participant asks."""
    app = make_app(OPENAI_BASE_URL=servers.base_url)

    def ask(kind: Kind, **other) -> model.Attempt:
        with app.app_context():
            if servers.kind.name != kind.name:
                learned.forget(app.config["OPENAI_MODEL"])
            servers.become(kind, **other)
            usual = manner.now()
            room = model.reserve(Payer(CallKind.TRIAL), conversation(), usual)
            assert not isinstance(room, NoRoom)
            return model.ask(room, conversation(), usual)

    with app.app_context():
        yield ask


def conversation() -> list[dict[str, Any]]:
    directions = (Direction.INBOUND, Direction.OUTBOUND, Direction.INBOUND)
    *history, asked = [
        Message(direction=direction, kind="text", body=body)
        for direction, body in zip(directions, SAID, strict=True)
    ]
    messages = prompt.build(history, [asked], "Stage: Prices")
    return prompt.with_retrieval(messages, Retrieval([]).told)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_server_that_answers_at_all_answers_participants(asks, servers, kind):
    attempt = asks(kind)
    if kind.always is not None:
        assert attempt.reply is None
        assert attempt.call.error
        assert len(servers.calls) == kind.asked, "what refuses everything is asked once"
        return
    assert attempt.reply, attempt.call.error
    assert attempt.reply.text == ANSWER
    if kind.counts:
        assert (attempt.call.cached_tokens, attempt.call.written_tokens) == (1, 2)
    asks(kind)
    assert len(servers.calls) == 1, "what was learned is not found out anew"


def test_the_page_about_models_says_what_was_found(asks):
    rows = [row(kind, asks(kind)) for kind in KINDS]
    table = "\n".join(["| Server | Participants are | Why |", "|---|---|---|", *rows]) + "\n"
    before, rest = PAGE.read_text().split(BEGIN)
    made, after = rest.split(END)
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")
        return
    assert made.strip() == table.strip(), (
        "WRITE_DOCS=1 in the environment of this test writes it anew"
    )


def row(kind: Kind, attempt: model.Attempt) -> str:
    if attempt.outcome != Outcome.ANSWERED:
        assert attempt.call.failure is not None
        with force_locale("en"):
            why = str(FAILURES[Failure(attempt.call.failure)])
        return f"| {kind.name} | not answered | {why} |"
    known = learned.of(attempt.call.model)
    how = "answered" if not known else "answered, degraded"
    return f"| {kind.name} | {how} | {'; '.join(map(told, sorted(known.items())))} |"


def told(fact: tuple[str, str]) -> str:
    name, value = fact
    if name == learned.CONTEXT:
        return f"a context of {value} tokens"
    if name == learned.SYSTEM:
        return "the rules in the user's first turn"
    if name == learned.THINKS:
        return f"{value} tokens more, for it thinks"
    if name == learned.FORM:
        return f"`{value}`, with the schema in the prompt"
    if name == "max_completion_tokens" and not value:
        return "`max_tokens` in its place"
    return f"`{name}` is `{value}`" if value else f"without `{name}`"


def test_there_are_fifty_kinds_each_named_once():
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names) >= 50
    assert not [name for name in names if re.search(r"[|`]", name)]
