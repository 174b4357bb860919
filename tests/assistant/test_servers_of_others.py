"""A participant writes, and the server refuses in its own way: what goes out, and what is asked."""

import json
import re
from html import unescape

import pytest

from tests.cast import ANA, CAIO, participant, write
from tests.doubles import objections as say
from tests.doubles.base import Fault
from tests.doubles.server import answer_json
from tests.knowledge import stock
from tests.support.logged import lines
from tests.web import people
from wa_assistant.clients import learned
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Author, Direction, Message, Role, Settlement, Status

pytestmark = [
    pytest.mark.usefixtures("context"),
    # The minute is the real clock's, and an outage of ours takes less.
    pytest.mark.environment(OPENAI_TOKENS_PER_MINUTE=10_000_000),
]

MODEL = "gpt-6-luna"
WORDS = "No sábado abrimos das 10h às 14h."
ASKED = "vocês abrem no sábado?"
HOURS = "Abrimos de segunda a sexta das 9h às 18h. No sábado abrimos das 10h às 14h."
ALTERNATE = "Conversation roles must alternate user/assistant/user/assistant/..."
NO_ROLE = "System role not supported"


def said(content: str | None = None, finish_reason: str = "stop"):
    """What the server answers where it answers."""
    content = json.dumps({"reply": WORDS}) if content is None else content
    choice = {"message": {"role": "assistant", "content": content}, "finish_reason": finish_reason}
    return answer_json({"choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 9}})


@pytest.fixture
def answers(openai):
    """`answers(f)`: from now on f makes each answer from the body of the call."""

    def play(answer) -> None:
        def choose(request) -> Fault | None:
            is_completion = request.path.endswith("/chat/completions")
            return Fault(response=answer(request.json)) if is_completion else None

        openai.misbehave(choose)

    return play


@pytest.fixture
def asks(twilio, work):
    """Ana writes; what she is sent for it."""

    def ask(body: str = ASKED) -> list[str]:
        before = len(twilio.messages)
        write(ANA, body)
        work()
        return [each.body for each in twilio.messages[before:]]

    return ask


@pytest.fixture
def thread(app, engine):
    """What the team reads, in Portuguese."""

    def read() -> str:
        browser = people.signed_in(app, CAIO, Role.OWNER)
        path = f"/conversations/{participant(ANA).id}"
        page = browser.get(path, headers={"Accept-Language": "pt-BR"}).text
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())

    return read


def form(body) -> str:
    return str((body.get("response_format") or {"type": "text"})["type"])


def roles(body) -> list[str]:
    return [each["role"] for each in body["messages"]]


@pytest.mark.parametrize("refusal", [say.vllm(NO_ROLE), say.plain(400, NO_ROLE, code=400)])
def test_a_template_without_a_system_role_has_the_rules_in_the_first_turn(
    answers, asks, openai, refusal
):
    stock.document("Horários", HOURS)

    def answer(body):
        if "system" in roles(body):
            return refusal
        in_turn = [("user", "assistant")[n % 2] for n in range(len(roles(body)))]
        return said() if roles(body) == in_turn else say.vllm(ALTERNATE)

    answers(answer)
    assert asks() == [WORDS]
    assert len(openai.calls) <= 4
    turns = openai.calls[-1]["messages"]
    system, asked = openai.calls[0]["messages"]
    assert turns[0]["content"].startswith(system["content"].rstrip())
    assert turns[-1]["content"].endswith(asked["content"])
    assert "<documents>" in asked["content"]
    before = len(openai.calls)
    assert asks("e no domingo?") == [WORDS]
    assert [roles(call) for call in openai.calls[before:]] == [["user", "assistant", "user"]]
    assert {form(call) for call in openai.calls} == {"json_schema"}


def test_a_form_that_was_missed_once_is_asked_for_again_with_the_next_message(
    answers, asks, openai
):
    left = [say.plain(400, "Failed to generate JSON.", code="json_validate_failed")]
    answers(lambda body: left.pop() if left else said())
    assert asks() == [WORDS]
    before = len(openai.calls)
    asks("obrigada! e tem estacionamento?")
    assert openai.calls[before]["response_format"] == openai.calls[0]["response_format"]
    assert learned.of(MODEL) == {}


def test_nothing_where_a_schema_is_asked_for_is_a_refusal_of_it(answers, asks, openai, caplog):
    nothing = answer_json({"id": "", "choices": None, "usage": {"completion_tokens": 0}})
    answers(lambda body: nothing if form(body) == "json_schema" else said())
    assert asks() == [WORDS]
    assert [form(call) for call in openai.calls].count("json_schema") <= 2
    assert "NoneType" not in str(lines(caplog))


def test_nothing_in_any_form_is_said_in_plain_words(answers, asks, thread):
    answers(lambda body: answer_json({"choices": None}))
    asks()
    assert "o servidor respondeu com nada" in thread()


def test_a_key_that_is_refused_with_400_is_told_as_that(answers, asks, openai, thread, app):
    answers(lambda body: say.gemini_key())
    (sent,) = asks()
    assert "API key" not in sent
    assert (len(openai.calls), learned.of(MODEL)) == (1, {})
    assert participant(ANA).attention
    page = thread()
    assert "O modelo não respondeu: o servidor recusou a chave." in page
    assert "API key not valid" not in page
    result = app.test_cli_runner().invoke(args=["doctor", "model"])
    assert "The server refuses the key" in result.output
    assert app.config["OPENAI_API_KEY"] not in result.output


@pytest.mark.parametrize("second", ["alguém aí?", "oi??"])
@pytest.mark.parametrize(
    "refusal",
    [
        say.plain(400, say.LOW_BALANCE, code="invalid_request_error"),
        answer_json({"type": "error", "error": {"type": "x", "message": say.LOW_BALANCE}}, 400),
    ],
)
def test_an_account_out_of_credit_is_told_at_each_message_until_it_has_some(
    answers, asks, openai, thread, work, refusal, second
):
    answers(lambda body: refusal)
    asks()
    asks(second)
    assert len(openai.calls) == 1, "the second is within the rest"
    page = thread()
    assert "O modelo não respondeu: a conta está sem crédito." in page
    assert page.count("a conta está sem crédito.") >= 2, "at both messages"
    assert learned.of(MODEL) == {}
    work.pass_time(301)
    answers(lambda body: said())
    assert asks("bom dia, abrem hoje?") == [WORDS]
    assert form(openai.calls[1]) == "json_schema"


def test_both_forms_refused_in_plain_text_lead_to_words(answers, asks, openai, app, engine):
    fenced = "Aqui está:\n```json\n" + json.dumps({"reply": WORDS}) + "\n```"
    refusal = say.text(422, say.NO_VALUE)
    answers(lambda body: refusal if "response_format" in body else said(fenced))
    assert asks() == [WORDS]
    assert len(openai.calls) <= 3
    before = len(openai.calls)
    asks("tem wifi?")
    assert len(openai.calls) == before + 1
    assert "JSON Schema" in openai.calls[-1]["messages"][0]["content"]
    page = people.signed_in(app, CAIO, Role.OWNER).get("/model").text
    assert "It refuses json_schema and json_object." in page


def size(body) -> int:
    characters = sum(len(each["content"]) for each in body["messages"])
    return characters // 4 + int(body.get("max_completion_tokens") or 0)


def talked(turns: int, characters: int) -> None:
    """They wrote, and were answered, so often before."""
    known = participant(ANA).id
    heard = {"direction": Direction.INBOUND, "author": Author.PARTICIPANT}
    heard |= {"status": Status.RECEIVED, "settlement": Settlement.ANSWERED}
    told = {"direction": Direction.OUTBOUND, "author": Author.ASSISTANT, "status": Status.READ}
    with transaction():
        for number in range(turns):
            side = told if number % 2 else {**heard, "settled_at": utcnow()}
            body = f"{number} " + "palavra " * (characters // 8)
            db.session.add(Message(participant_id=known, body=body, **side))


def test_what_is_larger_than_the_plan_allows_is_made_smaller(answers, asks, openai, thread):
    asks("oi")
    talked(30, 900)
    openai.requests.clear()
    allowed: list[int] = []

    def answer(body):
        allowed[:] = allowed or [size(body) * 8 // 10]
        if size(body) <= allowed[0]:
            return said()
        return say.groq_plan(allowed[0], size(body) - 1000, 1000)

    answers(answer)
    assert asks() == [WORDS]
    first, last = openai.calls[0], openai.calls[-1]
    assert last["messages"][0] == first["messages"][0]
    assert last["messages"][-1]["content"].endswith(ASKED)
    assert "ficaram de fora" in thread()
    before = len(openai.calls)
    assert asks("e no domingo?") == [WORDS]
    assert len(openai.calls) == before + 1


def test_where_not_even_the_shortest_fits_that_is_said(answers, asks, openai, thread):
    answers(lambda body: say.groq_plan(300, 2000, 1000))
    asks()
    assert "o pedido é maior do que o plano do provedor permite" in thread()
    assert len(openai.calls) <= 2
