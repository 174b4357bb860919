"""Whether a participant really said what an answer rests on."""

import pytest

from wa_assistant.journey.quotes import rests_on, where_said
from wa_assistant.models import Message


def said(*bodies: str, answered_by: int | None = None) -> list[Message]:
    return [
        Message(id=number, body=body, answered_by_id=answered_by, files=[])
        for number, body in enumerate(bodies, 1)
    ]


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        ("Eu SOU  DEV há anos", "sou dev"),
        ("sou dev, e gosto", "sou dev e gosto"),
        ("Ana’s shop", "Ana's shop"),
        ("Ana's “shop”", 'Ana`s "shop"'),
        ("Não sei", "nao"),
        ("*Sou* _dev_", "sou dev"),
        ("Custa 3,50", "3,50"),
        ("👍🏽", "👍"),
        ("ótimo👍", "otimo"),
    ],
)
def test_what_was_said_is_found_however_it_is_written(body, quote):
    assert where_said(quote, said(body))


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        ("senão eu vou", "não"),
        ("somos 12", "1"),
        ("sou dev", "sou developer"),
        ("sou dev", "dev sou"),
        ("sou dev", " "),
        ("sou dev...", "..."),
        ("", ""),
    ],
)
def test_a_part_of_a_word_or_other_words_are_no_quote(body, quote):
    assert where_said(quote, said(body)) is None


def test_it_is_the_newest_message_that_counts():
    found = where_said("dev", said("sou dev", "hein?", "dev mesmo", "ok"))
    assert found
    assert found.id == 3


def test_what_was_sent_in_one_go_is_quoted_as_one():
    found = where_said("sou dev na ACME", said("Oi", "sou dev", "na ACME", answered_by=7))
    assert found
    assert found.id == 3


def test_what_was_answered_apart_is_not_one_sentence():
    apart = [*said("sou dev", answered_by=7), *said("na ACME", answered_by=8)]
    assert where_said("sou dev na ACME", apart) is None
    assert where_said("sou dev na ACME", said("sou dev", "na ACME")) is None


@pytest.mark.parametrize("quote", ["e", "o que", "de", "the", "..."])
def test_a_word_that_says_nothing_is_ground_for_nothing(quote):
    assert not rests_on("Presidente da República", quote)


@pytest.mark.parametrize(
    ("value", "quote"),
    [("developer", "sou dev"), ("Pequena", "a primeira"), ("none", "não"), ("Small", "1")],
)
def test_what_a_value_was_read_from_need_not_repeat_it(value, quote):
    assert rests_on(value, quote)


def test_a_value_that_was_said_word_for_word_rests_on_that():
    assert rests_on("E", "e")
