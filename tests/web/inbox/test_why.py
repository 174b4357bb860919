"""What the team is told beside an answer: why it is as it is."""

import pytest

from tests.cast import ANA, participant, write

pytestmark = pytest.mark.usefixtures("context")

LONG = "Abrimos de segunda a sexta, das oito às dezoito horas. " * 240


@pytest.mark.parametrize(
    ("replies", "told"),
    [
        ((LONG, "Das 8h."), "a shorter one was asked for."),
        ((LONG, LONG), "no shorter one came: this is its beginning."),
        (("Das 8h.",), None),
    ],
)
def test_that_an_answer_was_too_long_is_said(davi, openai, work, replies, told):
    left = list(replies)
    openai.reply = lambda body: left.pop(0)
    write(ANA, "Que horas abrem?")
    work()
    page = " ".join(davi.get(f"/conversations/{participant(ANA).id}").text.split())
    assert ("longer than three messages" in page) is (told is not None)
    assert told is None or told in page
