"""The same words are heard by where they are said; and what nobody means is never heard."""

import pytest

from wa_assistant.models import Prompt
from wa_assistant.understanding import vocabulary
from wa_assistant.understanding.commands import Command, YesNo, heard
from wa_assistant.understanding.contexts import Context, Heard, hear

from . import (
    replies_to_consent,
    said_by_who_stopped,
    said_in_chat,
    traps_in_chat,
    unclear_about_consent,
)

SHORT = {
    "ask": Command.ASK_WHETHER_TO_STOP,
    "offers": Command.ACCEPT_OFFERS,
    "no-offers": Command.REFUSE_OFFERS,
}
MEANT = {
    Context.CHAT: said_in_chat.MEANT,
    Context.CONSENT: replies_to_consent.MEANT,
    Context.STOPPED: said_by_who_stopped.MEANT,
}
NOT_MEANT = {
    Context.CHAT: traps_in_chat.NOT_MEANT,
    Context.CONSENT: unclear_about_consent.SAID,
    Context.STOPPED: said_by_who_stopped.NOT_MEANT,
}
MUST = [
    (context, *line.split(maxsplit=1))
    for context, table in MEANT.items()
    for line in table.strip().splitlines()
]
MUST_NOT = [
    (context, line) for context, table in NOT_MEANT.items() for line in table.strip().splitlines()
]


@pytest.mark.parametrize(("context", "means", "words"), MUST)
def test_what_is_meant_is_heard(context, means, words):
    found = hear(words, context)
    if means in tuple(YesNo):
        assert found == Heard(None, YesNo(means))
    else:
        assert found == Heard(SHORT.get(means) or Command(means), YesNo.UNCLEAR)


@pytest.mark.parametrize(("context", "words"), MUST_NOT)
def test_what_nobody_means_is_not_heard(context, words):
    found = hear(words, context)
    assert found.command is None
    if context == Context.CONSENT:
        assert found.consent is YesNo.UNCLEAR


@pytest.mark.timeout(10)
def test_a_yes_after_a_thousand_noes_is_none():
    assert hear("não " * 15_000 + "sim", Context.CONSENT) == Heard(None, YesNo.UNCLEAR)


def test_there_are_enough_of_either():
    assert min(len(set(MUST)), len(set(MUST_NOT))) >= 300
    assert len(set(MUST)) == len(MUST)
    assert len(set(MUST_NOT)) == len(MUST_NOT)


@pytest.mark.parametrize("words", ["pode ser", "tá bom", "uhum", "👍", "agora não", "👎"])
def test_what_answers_a_prompt_says_neither_yes_nor_no_in_a_chat(words):
    assert hear(words, Context.CHAT) == Heard(None, YesNo.UNCLEAR)


@pytest.mark.parametrize("words", ["pode ser", "tá bom", "uhum", "👍", "fechado"])
def test_nobody_leaves_by_a_nod(words):
    assert heard(words, to=Prompt.WHETHER_TO_STOP) is YesNo.UNCLEAR


@pytest.mark.parametrize("words", ["quero continuar", "deixa quieto", "agora não", "👎"])
def test_who_would_rather_go_on_stays(words):
    assert heard(words, to=Prompt.WHETHER_TO_STOP) is YesNo.NO


@pytest.mark.parametrize("beside", ["não", "nunca", "talvez", "se", "nem", "ainda não", "mas"])
def test_a_nod_that_is_taken_back_is_none(beside):
    for phrase in vocabulary.NOD | vocabulary.LIKING | vocabulary.GO_ON:
        for words in (f"{beside} {phrase}", f"{phrase} {beside}", f"{phrase}, {beside}"):
            assert heard(words, to=Prompt.CONSENT) is not YesNo.YES, words
