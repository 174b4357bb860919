"""What the team is told beside an answer: why it is as it is."""

import pytest

from tests.cast import ANA, participant, write

pytestmark = pytest.mark.usefixtures("context")

IDEOGRAPHIC = "\u3002"  # which a browser takes for a dot
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


def test_the_team_is_told_which_links_were_taken_out(openai, twilio, work, davi):
    """Whoever wants to be taken for a known address puts it before an @, writes it in letters of
    another alphabet, or the dot in another way."""
    lookalike = "d\u043e\u0441\u0435sdaana.com.br"
    strange = (
        *("https://docesdaana.com.br@pix.example/pagar", "http://3405803813/pix"),
        *(f"https://docesdaana{IDEOGRAPHIC}com{IDEOGRAPHIC}br.pix.example/pix", f"{lookalike}/pix"),
    )
    openai.reply = lambda _: (
        "Anotei: docesdaana.com.br/cardapio. Para pagar: " + " ou ".join(strange)
    )
    write(ANA, "meu site é docesdaana.com.br/cardapio")
    work()
    (said,) = twilio.messages
    assert "docesdaana.com.br/cardapio." in said.body
    assert not [each for each in ("pix", "3405803813", lookalike) if each in said.body]
    page = davi.get(f"/conversations/{participant(ANA).id}").text
    assert "Links were taken out" in page
    assert [
        each for each in strange if f"<code>{each.replace(IDEOGRAPHIC, '.')}</code>" not in page
    ] == []
    assert [each for each in strange if f'href="{each}' in page] == []
