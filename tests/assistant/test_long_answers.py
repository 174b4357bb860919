"""An answer longer than three messages: asked for again shorter, once, and else cut."""

import pytest

from tests.cast import ANA, inbound, outbound, participant, rows, write
from wa_assistant.assistant import formatting, prompt, reply, rules
from wa_assistant.conversation import outbox
from wa_assistant.models import AiCall, Outcome, Settlement

pytestmark = pytest.mark.usefixtures("context")

SENTENCE = "Abrimos de segunda a sexta, das oito às dezoito horas, também no almoço. "
LONG = SENTENCE * 180  # 13,140 characters
FAIRLY_LONG = SENTENCE * 50


def ask() -> None:
    write(ANA, "Olá, que horas vocês abrem?")
    reply.answer(participant(ANA).id)


def says(openai, *replies: str) -> None:
    """One a call, and then the last."""
    left = list(replies)
    openai.reply = lambda body: left.pop(0) if len(left) > 1 else left[0]


def bodies() -> list[str]:
    return [message.body for message in outbound()]


def test_a_shorter_one_is_asked_for_and_sent(openai):
    says(openai, LONG, "Das 8h às 18h.")
    ask()
    assert bodies() == ["Das 8h às 18h."]
    first, second = rows(AiCall)
    assert [first.outcome, second.outcome] == [Outcome.TOO_LONG, Outcome.SHORTER]
    assert min(first.cost, second.cost, first.output_tokens) > 0
    assert outbound()[0].ai_call_id == second.id
    assert inbound()[0].settlement == Settlement.ANSWERED
    asked, again = (call["messages"] for call in openai.calls)
    assert again[:-1] == asked[:-1]
    assert again[-1]["content"] == f"{asked[-1]['content']}\n\n{rules.SHORTER}"


def test_what_is_too_long_twice_goes_out_in_three_messages_cut_at_a_sentence(openai):
    says(openai, LONG)
    ask()
    assert len(openai.calls) == 2
    assert len(bodies()) == 3
    assert all(body.endswith("no almoço.") for body in bodies())
    assert all(outbox.units(body) <= outbox.MOST_UNITS for body in bodies())
    assert LONG.startswith(" ".join(bodies()))
    assert [call.outcome for call in rows(AiCall)] == [Outcome.TOO_LONG, Outcome.CUT]
    assert participant(ANA).attention is None  # nobody is called to that


def test_of_a_list_without_a_full_stop_whole_lines_are_sent(openai):
    """A comma in a price ends nothing."""
    lines = [
        f"- Salgado número {at:02d} (12 unidades): R$ {20 + at},90, {at} dias" * 2
        for at in range(80)
    ]
    says(openai, "\n".join(lines))
    ask()
    assert len(openai.calls) == 2
    sent = [line for body in bodies() for line in body.split("\n")]
    assert len(bodies()) == 3
    assert sent == lines[: len(sent)]


def test_three_messages_are_not_too_long(openai):
    says(openai, FAIRLY_LONG)
    ask()
    assert len(openai.calls) == 1
    assert len(bodies()) == 3
    assert [call.outcome for call in rows(AiCall)] == [Outcome.ANSWERED]


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        ({"refusal": "No."}, Outcome.UNUSABLE),
        ({"content": "{"}, Outcome.UNUSABLE),
        ({"content": '{"reply": "https://mal.example/x"}'}, Outcome.ANSWERED),
    ],
)
def test_where_no_shorter_one_comes_the_first_is_cut(openai, then, outcome):
    openai.answer_next(content=f'{{"reply": "{LONG}"}}')
    openai.answer_next(**then)
    ask()
    assert len(bodies()) == 3
    assert len(openai.calls) == 2
    assert {call.outcome for call in rows(AiCall)} == {Outcome.CUT, outcome}
    (cut,) = [call.id for call in rows(AiCall) if call.outcome == Outcome.CUT]
    assert {message.ai_call_id for message in outbound()} == {cut}


def test_a_server_that_fails_the_second_time_leaves_nobody_waiting(openai):
    def reply_once(body):
        openai.fail_next(status=503)
        return LONG

    openai.reply = reply_once
    ask()
    assert len(bodies()) == 3
    assert {call.outcome for call in rows(AiCall)} == {Outcome.CUT, Outcome.UNAVAILABLE}


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=1)
def test_where_the_minute_has_no_room_for_it_the_first_is_cut_at_once(openai):
    says(openai, LONG)
    ask()
    assert len(openai.calls) == 1
    assert len(bodies()) == 3
    assert [call.outcome for call in rows(AiCall)] == [Outcome.CUT]


def test_the_note_is_told_last_beside_a_picture_too():
    photo = {"type": "image_url"}
    asked = [{"type": "text", "text": "quanto?"}, photo]
    (told,) = prompt.shorter([{"role": "user", "content": asked}])
    note = {"type": "text", "text": rules.SHORTER}
    assert told["content"] == [*asked, note]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (("x" * 99 + " ") * 60, " …"),
        ("- " + "\n- ".join(["segunda a sexta das oito às dezoito"] * 200), "dezoito"),
        ("\n\n".join([SENTENCE * 10] * 12), "almoço."),
        (f"*{(SENTENCE * 90).strip()}*", "almoço.*"),
        (("😀" * 30 + " ") * 200, "😀"),
    ],
    ids=["one sentence", "list", "paragraphs", "bold", "emoji"],
)
def test_the_beginning_of_anything_fills_three_messages_at_most(text, end):
    kept = formatting.beginning(text)
    parts = outbox.parts(kept)
    assert 2 <= len(parts) <= 3
    assert kept.endswith(end)
    assert not formatting.is_too_long(kept)
