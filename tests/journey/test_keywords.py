"""Who writes a journey's keyword, and nothing else, enters it."""

import pytest

from tests.cast import ANA, inbound, outbound, participant, rows, write
from tests.settlement import lost
from wa_assistant.database import db, utcnow
from wa_assistant.journey import keywords
from wa_assistant.models import (
    Action,
    AuditEntry,
    JourneyVersion,
    Keyword,
    Origin,
    Settlement,
    StageVisit,
)

from .placed import HELLO
from .under_way import journey, moved

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def event(desk, bia) -> int:
    """A journey that the keyword "Evento 2026" leads into; the id of its version."""
    version = journey([HELLO], starter=None)
    keywords.add(bia, of(version), "Evento 2026")
    return version


def of(version_id: int) -> int:
    return db.session.get_one(JourneyVersion, version_id).journey_id


def where() -> tuple[int | None, str | None]:
    return participant(ANA).journey_version_id, participant(ANA).stage


@pytest.mark.parametrize("text", ["Evento 2026", "evento  2026", " EVÉNTO 2026!", "“evento 2026”."])
def test_a_newcomer_who_writes_it_enters_that_journey(event, work, text):
    write(ANA, text)
    work()
    assert where() == (event, "hello")
    assert [each.body.rpartition("\n")[2] for each in outbound()][-1] == HELLO.opening
    entry = rows(AuditEntry, AuditEntry.action == Action.PUT_INTO_JOURNEY)[-1]
    assert (entry.actor, entry.before, entry.after["stage"]) == (
        Origin.ENGINE,
        {"journey": None},
        "hello",
    )
    assert lost(db.session) == []


@pytest.mark.parametrize("text", ["Oi, evento 2026", "evento", "evento 2026 amanhã?"])
def test_it_is_the_whole_message_or_none(desk, event, work, text):
    write(ANA, text)
    assert where()[0] == desk


def test_who_is_in_another_journey_moves_over(desk, event, work):
    write(ANA)
    work()
    assert where() == (desk, "intro")
    write(ANA, "Evento 2026")
    work()
    assert where() == (event, "hello")


def test_who_is_in_it_already_is_answered_as_usual_and_stays_where_they_are(event, work):
    for _ in range(2):
        write(ANA, "Evento 2026")
        work()
    assert len(rows(StageVisit)) == 1
    assert outbound()[-1].body == "You wrote: Evento 2026"
    assert len(rows(AuditEntry, AuditEntry.action == Action.PUT_INTO_JOURNEY)) == 1


@pytest.mark.parametrize("how", ["stopped_at", "blocked_at"])
def test_who_has_stopped_or_is_blocked_is_moved_by_no_word(desk, event, work, how):
    write(ANA)
    work()
    moved(participant(ANA).id, **{how: utcnow()})
    write(ANA, "Evento 2026")
    work()
    assert where()[0] == desk


def test_one_whose_journey_has_nothing_published_leads_nowhere(desk, event, work):
    with_drafts_only = db.session.get_one(JourneyVersion, event)
    with_drafts_only.state = "discarded"
    db.session.commit()
    write(ANA, "Evento 2026")
    work()
    assert where()[0] == desk
    assert inbound()[0].settlement == Settlement.ANSWERED


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("  ", keywords.EMPTY),
        ("!!", keywords.EMPTY),
        ("x" * 41, keywords.TOO_LONG),
        ("SAIR", keywords.HEARD),
        ("sim", keywords.HEARD),
        ("Não", keywords.HEARD),
        ("atendente", keywords.HEARD),
        ("2", keywords.HEARD),
    ],
)
def test_what_means_something_else_is_no_keyword(bia, desk, word, why):
    with pytest.raises(keywords.Refused) as refused:
        keywords.add(bia, of(desk), word)
    assert refused.value.words is why
    assert rows(Keyword) == []


def test_one_leads_to_one_journey(bia, desk, event):
    with pytest.raises(keywords.Refused, match="The tests' own"):
        keywords.add(bia, of(desk), "EVENTO 2026")
    assert keywords.add(bia, of(event), "evento 2026").id == keywords.of(of(event))[0].id
    assert len(rows(Keyword)) == 1


def test_a_journey_has_so_many(bia, desk, monkeypatch):
    monkeypatch.setattr(keywords, "MOST", 1)
    keywords.add(bia, of(desk), "curso")
    with pytest.raises(keywords.Refused):
        keywords.add(bia, of(desk), "aula")


def test_one_that_is_removed_leads_nowhere(bia, desk, event, work):
    (word,) = keywords.of(of(event))
    assert keywords.remove(bia, of(desk), word.id) is None
    assert keywords.remove(bia, of(event), word.id) == "Evento 2026"
    assert keywords.remove(bia, of(event), word.id) is None
    write(ANA, "Evento 2026")
    assert where()[0] == desk


def test_its_link_opens_whatsapp_with_the_word(context):
    link = keywords.link("+5511999990000", "Quero já & agora")
    assert link == "https://wa.me/5511999990000?text=Quero%20j%C3%A1%20%26%20agora"
