"""The notice: what it tells, and that each event of consent names the one that was shown."""

import pytest

from tests.cast import ANA, rows, write
from tests.journey.under_way import journey
from wa_assistant.conversation import fixed_texts
from wa_assistant.conversation.fixed_texts import FixedText
from wa_assistant.database import db, transaction
from wa_assistant.models import Consent, ConsentEvent, ConsentMode, Purpose, Setting
from wa_assistant.privacy import consent

OF_SERVICE = ConsentEvent.purpose == Purpose.SERVICE

pytestmark = pytest.mark.usefixtures("context")


def say(work, *bodies: str) -> None:
    for body in bodies:
        write(ANA, body)
        work()


@pytest.mark.parametrize(
    ("said", "events"),
    [
        (("Oi", "sim", "SAIR"), [Consent.ASKED, Consent.GIVEN, Consent.WITHDRAWN]),
        (("Oi", "hm", "não"), [Consent.ASKED, Consent.ASKED, Consent.REFUSED]),
        (
            ("Oi", "SAIR", "VOLTAR"),
            [Consent.ASKED, Consent.WITHDRAWN, Consent.RETURNED, Consent.ASKED],
        ),
    ],
)
def test_every_event_names_the_notice_that_was_shown(openai, work, said, events):
    journey(consent=ConsentMode.ASK)
    say(work, *said)
    found = [(each.kind, bool(each.message_sid)) for each in rows(ConsentEvent, OF_SERVICE)]
    assert found == [(kind, True) for kind in events]
    versions = {each.notice_version for each in rows(ConsentEvent)}
    assert len(versions) == 1
    assert None not in versions


def test_so_does_a_stop_after_a_line_of_notice(openai, work):
    journey()
    say(work, "Oi", "SAIR")
    first, second = rows(ConsentEvent, OF_SERVICE)
    assert first.notice_version == second.notice_version is not None


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "pt",
            "Sobre as suas mensagens:\n"
            "Para quê: Ajudamos quem se inscreveu. Também tiramos dúvidas\n"
            "Onde são processadas: Brasil e Estados Unidos\n"
            "Saiba mais: http://127.0.0.1:8000/privacy?language=pt_BR\n",
        ),
        (
            "en",
            "About your messages:\n"
            "What for: Ajudamos quem se inscreveu. Também tiramos dúvidas\n"
            "Where they are processed: Brasil e Estados Unidos\n"
            "Learn more: http://127.0.0.1:8000/privacy?language=en\n",
        ),
    ],
)
def test_the_notice_holds_whatever_owners_write_and_a_link_in_its_language(language, told):
    with transaction():
        purpose = "Ajudamos quem se inscreveu.\nTambém tiramos dúvidas."
        db.session.add(Setting(name="purpose", value=purpose))
        db.session.add(Setting(name="countries", value="Brasil e Estados Unidos."))
    assert told in fixed_texts.say(FixedText.ASK_CONSENT, language, **consent.facts(language, None))
