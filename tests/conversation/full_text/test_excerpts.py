"""What of a text is shown where it was found."""

import pytest

from wa_assistant.conversation.full_text import query


def marked(words: str, *text: str) -> str:
    """The excerpt, with the words that were asked for in brackets."""
    asked = query.read(words)
    assert asked
    pieces = query.excerpt(text, asked)
    return "".join(f"[{each.words}]" if each.is_meant else each.words for each in pieces)


@pytest.mark.parametrize(
    ("words", "text", "shown"),
    [
        ("preço", "Os PREÇOS, por favor", "Os [PREÇOS], por favor"),
        ("precos curso", "O preço do curso?", "O [preço] do [curso]?"),
        ("1890", "Custa R$ 1.890.", "Custa R$ [1.890]."),
        ("98765-4321", "(11) 98765-4321!", "[(11) 98765-4321]!"),
        ("wi-fi", "A senha do wi-fi é", "A senha do [wi-fi] é"),
        ("preco", "prec\u0327o", "[preço]"),
        ("b", "<b>b</b>", "<[b]>[b]</[b]>"),
        ("linha", "uma\n\nlinha\t só", "uma [linha] só"),
    ],
)
def test_words_are_marked_as_they_were_written(words, text, shown):
    assert marked(words, text) == shown


def test_of_a_long_text_is_shown_what_stands_around_the_first_word_meant():
    text = "antes " * 100 + "preço " + "depois " * 100
    shown = marked("preço", text)
    assert shown.startswith("… antes")
    assert shown.endswith("depois …")
    assert "antes [preço] depois" in shown
    assert len(shown) <= query.EXCERPT + 10


def test_of_one_long_word_is_shown_as_much():
    assert len(marked("a", "a " + "x" * 5000)) <= query.EXCERPT + 10
    assert "[xy]" in marked("xy", "a" * 5000 + " xy " + "b" * 5000)


def test_of_several_texts_the_one_is_shown_that_was_meant():
    assert marked("preço", "Bom dia", "qual é o preço?") == "qual é o [preço]?"
