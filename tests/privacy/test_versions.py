"""Each published version of the notice is kept, and consent names the one that was shown."""

import pytest

from tests.cast import ANA, CAIO, known, only, participant, rows, together, write
from tests.journey.under_way import journey
from wa_assistant import settings
from wa_assistant.conversation import fixed_texts
from wa_assistant.conversation.fixed_texts import FixedText
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    AuditEntry,
    Consent,
    ConsentEvent,
    ConsentMode,
    NoticeVersion,
    Role,
    User,
)
from wa_assistant.privacy import consent, notice

pytestmark = pytest.mark.usefixtures("context")

TEXTS = {"en": "<p>What we do.</p>", "pt_BR": "<p>O que fazemos.</p>"}
OTHER = {**TEXTS, "en": "<p>What else we do.</p>"}


@pytest.fixture
def caio(context: None) -> User:
    with transaction():
        caio = User(email=CAIO, role=Role.OWNER)
        db.session.add(caio)
    return caio


def publish(texts, caio, change="", seen=None) -> NoticeVersion:
    return notice.publish(
        texts, consent.chosen(), change=change, seen=seen or notice.hash_of(texts), actor=caio
    )


def choose(caio, **given) -> None:
    settings.change(given, settings.marks(settings.current()), caio)


def test_a_version_keeps_the_text_and_who_published_it(caio):
    choose(caio, countries="Brasil")
    first = publish(TEXTS, caio)
    choose(caio, countries="Chile")
    second = publish(OTHER, caio, " Agora no \x00 Chile. ")
    assert (first.number, first.texts, first.facts["countries"]) == (1, TEXTS, "Brasil")
    assert (second.number, second.change) == (2, "Agora no Chile.")
    assert [each.number for each in notice.versions()] == [2, 1]
    current = consent.current()
    assert current
    assert current.published_by == caio
    entry = rows(AuditEntry, AuditEntry.action == "published")[-1]
    assert (entry.actor, entry.subject, entry.subject_id) == (CAIO, "notice", "2")
    assert entry.before == {"sha256": first.sha256}
    assert entry.after == {"sha256": second.sha256, "change": "Agora no Chile."}


@pytest.mark.parametrize(
    ("texts", "change", "seen", "words"),
    [
        (TEXTS, "x", None, notice.NOTHING_NEW),
        (OTHER, "x", "what one read before", notice.OTHER_TEXT),
        (OTHER, " ", None, notice.NO_CHANGE_TOLD),
        (OTHER, "x" * 301, None, notice.TOO_LONG),
    ],
)
def test_what_cannot_be_published_is_refused_with_a_sentence(caio, texts, change, seen, words):
    publish(TEXTS, caio)
    with pytest.raises(notice.Refused) as caught:
        publish(texts, caio, change, seen)
    assert caught.value.words is words
    assert only(NoticeVersion).number == 1


@pytest.mark.usefixtures("caio")
def test_of_all_who_publish_at_once_one_does_and_the_others_are_told(app):
    def one():
        try:
            return publish(TEXTS, only(User)).number
        except notice.Refused as refused:
            return "told" if refused.words is notice.NOTHING_NEW else "failed"

    assert sorted(map(str, together(app, one, one, one))) == ["1", "told", "told"]


def test_consent_names_the_version_that_was_shown_also_when_it_was_given_later(caio, work):
    journey(consent=ConsentMode.ASK)
    first = publish(TEXTS, caio)
    write(ANA, "Oi")
    work()
    publish(OTHER, caio, "Mais")
    write(ANA, "sim")
    work()
    found = [(each.kind, each.notice_id) for each in rows(ConsentEvent)]
    assert found == [(Consent.ASKED, first.id), (Consent.GIVEN, first.id)]
    assert participant(ANA).consent == Consent.GIVEN


def test_a_version_published_once_the_words_are_made_is_not_the_one_they_were_shown(caio):
    publish(TEXTS, caio)
    known(ANA)
    first = consent.current()
    assert first
    words = consent.facts("pt", first)["link"]
    publish(OTHER, caio, "Mais")
    with transaction():
        consent.record(participant(ANA), Consent.ASKED, None, consent.as_shown(words, first))
    assert "/privacy/1?" in words
    assert only(ConsentEvent).notice_id == first.id


def test_a_line_of_notice_names_it_too_and_without_a_version_there_is_none(caio, work):
    journey()
    write(ANA, "Oi")
    work()
    assert [each.notice_id for each in rows(ConsentEvent)] == [None]
    first = publish(TEXTS, caio)
    write("whatsapp:+5511900000001", "Oi")
    work()
    assert [each.notice_id for each in rows(ConsentEvent)] == [None, first.id]


def test_the_conversation_says_what_was_published_and_leads_to_it(caio):
    choose(caio, countries="Brasil")
    publish(TEXTS, caio)
    choose(caio, countries="Chile")
    words = fixed_texts.say(FixedText.ASK_CONSENT, "pt", **consent.facts("pt", consent.current()))
    assert "Onde são processadas: Brasil\n" in words
    assert "/privacy/1?language=pt_BR\n" in words
    publish(OTHER, caio, "Agora no Chile")
    words = fixed_texts.say(FixedText.ASK_CONSENT, "en", **consent.facts("en", consent.current()))
    assert "Where they are processed: Chile\n" in words
    assert "/privacy/2?language=en\n" in words
