"""At a voice message that nobody pays for unasked, a colleague may ask for its words."""

import pytest

from tests.cast import ANA, only, participant, rows
from tests.media.attached import SAID, speak
from tests.web.people import submit
from wa_assistant.conversation import takeover
from wa_assistant.models import Action, AuditEntry, Media, User

pytestmark = pytest.mark.usefixtures("context")


def test_it_stands_there_while_the_assistant_is_silent(bia, davi, openai, twilio, work):
    speak(twilio)
    work()
    ana, file = participant(ANA).id, only(Media).id
    path = f"/conversations/{ana}"
    button = f'formaction="{path}/files/{file}/transcript"'
    assert button not in bia.get(path).text  # it has its words
    takeover.take_over(ana, only(User, User.email == "bia@example.com"))
    speak(twilio)
    work()
    second = rows(Media)[-1].id
    button = f"{path}/files/{second}/transcript"
    assert f'formaction="{button}"' in bia.get(path).text
    assert button not in davi.get(path).text  # who only looks
    assert submit(bia, path, button).status_code == 303
    assert "Being written down" in bia.get(path).text
    work()
    assert [each.transcript for each in rows(Media)] == [SAID, SAID]
    assert button not in bia.get(path).text
    assert len(openai.transcriptions) == 2
    assert rows(AuditEntry)[-1].action == Action.ASKED_FOR_TRANSCRIPT
