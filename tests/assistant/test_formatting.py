"""Markdown from a model becomes what WhatsApp shows."""

import pytest

from tests.cast import ANA, outbound, write
from wa_assistant.assistant.formatting import for_whatsapp


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Olá, **Ana**!", "Olá, *Ana*!"),
        ("Olá, *Ana*!", "Olá, *Ana*!"),  # WhatsApp's own bold, which the prompt asks for
        ("__muito__ _pouco_ ~~nada~~", "*muito* _pouco_ ~nada~"),
        ("***tudo***", "*tudo*"),
        ("**a *b* c** e *d*", "*a b c* e *d*"),
        ("~~a **b ~~c~~**~~", "~a *b c*~"),
        ("# Horário\nDas 9 às 18", "*Horário*\n\nDas 9 às 18"),
        ("## **Preço**\n", "*Preço*"),
        ("* um\n* dois", "- um\n- dois"),
        ("+ um\n+ dois\n  - três", "- um\n- dois\n  - três"),
        ("3. um\n4. dois", "3. um\n4. dois"),
        ("- um\n\n- dois", "- um\n\n- dois"),
        ("Veja [o site](https://example.com/a_b_c).", "Veja o site (https://example.com/a_b_c)."),
        ("[https://example.com](https://example.com)", "https://example.com"),
        ("<https://example.com/x>", "https://example.com/x"),
        ("![mapa](https://example.com/m.png)", "mapa (https://example.com/m.png)"),
        ("`código` e\n```sh\nls -l\n```", "`código` e\n\n```ls -l```"),
        ("> disse\n> ela", "> disse\n> ela"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("um\n\n---\n\ndois", "um\n\ndois"),
        ("um\ndois", "um\ndois"),
        ("um  \ndois", "um\ndois"),
    ],
)
def test_it_is_written_as_whatsapp_shows_it(markdown, shown):
    assert for_whatsapp(markdown) == shown


@pytest.mark.parametrize(
    "words",
    [
        "Custa R$ 10,00 * 3 = R$ 30,00",
        "2*3*4 e snake_case_aqui",
        "a < b & c > d",
        "<b>negrito</b>",
        "https://example.com/a_b_c?d=*e*",
        "&amp; fica",
        "😀 👨‍👩‍👧‍👦",
        "    recuado",
        "|",
        "-",
        "#hashtag",
        "[sem endereço]",
        "Linha\n=====",
    ],
)
def test_what_is_no_markdown_stays_as_it_is(words):
    assert for_whatsapp(words) == words.strip()


def test_a_text_of_marks_alone_is_not_made_empty():
    assert for_whatsapp("---") == "---"


@pytest.mark.usefixtures("context")
def test_the_participant_gets_it_so(openai, twilio, work):
    openai.reply = lambda _: "Abrimos **às 9h**."
    write(ANA, "Quando abrem?")
    work()
    assert [each.body for each in twilio.messages] == ["Abrimos *às 9h*."]
    assert outbound()[0].body == "Abrimos *às 9h*."
