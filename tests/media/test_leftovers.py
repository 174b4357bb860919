"""Files without a message go, once they are old enough to be nobody's."""

import io

import pytest

from tests.cast import ANA, known
from tests.support.samples import PDF
from wa_assistant.conversation import outbox
from wa_assistant.database import db, transaction
from wa_assistant.media import files, leftovers, outgoing
from wa_assistant.models import Author, Participant

pytestmark = pytest.mark.usefixtures("context")


def test_what_no_message_has_goes_and_all_else_stays(monkeypatch):
    lost, kept = (outgoing.take(io.BytesIO(PDF), "a.pdf", "") for _ in range(2))
    ana = known(ANA)
    with transaction():
        participant = db.session.get_one(Participant, ana)
        outbox.put(participant, "", Author.USER, files=[kept])
    leftovers.sweep()
    assert files.path(lost.file).exists()
    monkeypatch.setattr(leftovers, "AGE_SECONDS", -10)
    leftovers.sweep()
    assert [each.name for each in files.folder().iterdir()] == [kept.file]
