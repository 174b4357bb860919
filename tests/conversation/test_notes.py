"""Notes: what colleagues write to each other, and who is told of it."""

from typing import Any

import pytest

from tests.cast import ANA, BIA, CAIO, DAVI, known, only, outbound, rows, together
from wa_assistant.conversation import mentions, notes
from wa_assistant.database import db, transaction
from wa_assistant.models import AuditEntry, Mention, Note, Role, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    with transaction():
        db.session.add(User(email=BIA, name="Bia Prado", role=Role.EDITOR))
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))
        db.session.add(User(email=DAVI, name="Davi", role=Role.VIEWER, active=False))
    return known(ANA)


def user(email: str) -> Any:
    return only(User, User.email == email)


def note(ana: int, body: str, key: str = "a-form-key") -> list[str]:
    """Bia writes it; the names of those who are told."""
    return [each.name for each in notes.write(ana, user(BIA), body, key)]


def test_a_note_stands_in_the_conversation_and_goes_nowhere(ana):
    assert note(ana, "Asks for a discount.") == []
    (found,) = notes.between(ana)
    assert (found.body, found.user.name) == ("Asks for a discount.", "Bia Prado")
    assert outbound() == []


def test_the_audit_knows_of_it_and_none_of_its_words(ana):
    note(ana, "Asks for a discount.")
    mine = only(Note)
    notes.edit(mine.id, user(BIA), "Got a discount.", mine.revision)
    notes.remove(mine.id, user(BIA))
    entries = rows(AuditEntry)
    assert [each.after["deed"] for each in entries] == ["written", "changed", "deleted"]
    assert "discount" not in "".join(str(each.after) for each in entries)


def test_a_form_that_is_sent_twice_makes_one_note(app, ana):
    bia = user(BIA)

    def send() -> list[User]:
        return notes.write(ana, bia, "Once", "a-form-key")

    together(app, send, send)
    assert only(Note).body == "Once"


def test_other_words_in_a_form_that_was_sent_are_not_taken_for_sent(ana):
    note(ana, "Once")
    with pytest.raises(notes.KeyUsedError):
        note(ana, "Once more, and longer")
    assert only(Note).body == "Once"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("@Caio, please look", ["Caio"]),
        ("please look (@caio)", ["Caio"]),
        ("@CAIO. Thanks", ["Caio"]),
        ("@Caio and again @caio", ["Caio"]),
        ("caio@example.com is the address", []),
        ("find them as @padaria there", []),
        ("@ nobody", []),
        ("@Bia Prado, that is me", []),
    ],
)
def test_whoever_is_named_is_told(ana, body, told):
    assert note(ana, body) == told
    assert [each.user_id for each in rows(Mention)] == [user(CAIO).id for _ in told]


@pytest.mark.parametrize("body", ["@Bia Prado look", "@bia look", "@bia prado: look"])
def test_a_whole_name_its_first_word_and_an_address_lead_to_the_same(ana, body):
    assert [each.email for each in notes.write(ana, user(CAIO), body, "a-form-key")] == [BIA]


def test_who_left_the_team_is_not_told_and_nothing_is_kept(ana):
    with pytest.raises(mentions.DeactivatedError) as raised:
        note(ana, "Ask @Davi")
    assert raised.value.name == "Davi"
    assert rows(Note) == rows(Mention) == rows(AuditEntry) == []


def test_of_two_who_are_called_alike_the_whole_name_is_asked_for(ana):
    with transaction():
        db.session.add(User(email="bia2@example.com", name="Bia Souza", role=Role.EDITOR))
    with pytest.raises(mentions.SeveralError):
        notes.write(ana, user(CAIO), "@Bia look", "a-form-key")
    told = notes.write(ana, user(CAIO), "@Bia Souza look", "a-form-key")
    assert [each.name for each in told] == ["Bia Souza"]


def test_a_change_tells_only_who_is_new_in_it(ana):
    note(ana, "@Caio look")
    mine = only(Note)
    assert notes.edit(mine.id, user(BIA), "@Caio look again", 1) == []
    assert only(Mention).user_id == user(CAIO).id
    assert notes.edit(mine.id, user(BIA), "Nobody look", 2) == []
    assert rows(Mention) == []
    assert [each.name for each in notes.edit(mine.id, user(BIA), "@Caio!", 3)] == ["Caio"]


def test_of_two_changes_at_once_the_second_is_told(app, ana):
    note(ana, "First")
    mine, bia = only(Note), user(BIA)

    def change(body: str) -> str:
        try:
            notes.edit(mine.id, bia, body, 1)
        except notes.OvertakenError as overtaken:
            return overtaken.body
        return ""

    told = together(app, lambda: change("Left"), lambda: change("Right"))
    assert sorted(told) == sorted(["", only(Note).body])


def test_a_note_is_its_writers_alone(ana):
    note(ana, "Mine")
    mine = only(Note)
    with pytest.raises(notes.NotTheirsError):
        notes.edit(mine.id, user(CAIO), "His", 1)
    with pytest.raises(notes.NotTheirsError):
        notes.remove(mine.id, user(CAIO))
    assert only(Note).body == "Mine"


def test_what_is_deleted_mentions_nobody_and_is_deleted_once(ana):
    note(ana, "@Caio look")
    mine = only(Note)
    notes.remove(mine.id, user(BIA))
    notes.remove(mine.id, user(BIA))
    assert rows(Note) == rows(Mention) == []
    with pytest.raises(notes.GoneError):
        notes.edit(mine.id, user(BIA), "Again", 1)


def test_a_mention_counts_until_it_was_seen(ana):
    note(ana, "@Caio look", "first-key")
    note(ana, "@Caio look here", "second-key")
    caio = user(CAIO)
    first, second = (each.id for each in rows(Note))
    assert mentions.summary(caio) == (2, second)
    mentions.saw(caio, [second])
    assert mentions.summary(caio) == (1, first)
    mentions.saw(caio)
    assert mentions.summary(caio) == (0, 0)
    listed, older = mentions.listing(caio)
    assert [each.note_id for each in listed] == [second, first]
    assert older is None
