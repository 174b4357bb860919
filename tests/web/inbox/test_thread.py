"""A thread with what happened in it, and what colleagues noted: each in its place."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from tests.cast import ANA, BIA, CAIO, known, only, participant, rows, write
from tests.chosen import choose
from tests.web import people
from wa_assistant import audit
from wa_assistant.conversation import attention, notes, status, takeover
from wa_assistant.conversation.reading import PAGE
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import starters
from wa_assistant.models import (
    Action,
    Author,
    Direction,
    Message,
    Origin,
    Participant,
    Role,
    Status,
    Subject,
    User,
)

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia(app):
    return people.signed_in(app, BIA, Role.EDITOR)


def user(email: str) -> Any:
    return only(User, User.email == email)


def text(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def events(page: str) -> list[str]:
    """What happened, line by line, without the time."""
    found = re.findall(r'<p class="event".*?</p>', page, re.DOTALL)
    return [text(each).rpartition(", ")[0] for each in found]


def thread(client, ana: int, query: str = "") -> str:
    return str(client.get(f"/conversations/{ana}/thread{query}").text)


def said(ana: int, count: int, since: timedelta = timedelta(days=2)) -> list[int]:
    """So many messages, a minute apart; their ids."""
    begun = utcnow() - since
    with transaction():
        found = [
            Message(
                participant_id=ana,
                direction=Direction.INBOUND,
                author=Author.PARTICIPANT,
                status=Status.RECEIVED,
                body=f"Message {number}.",
                created_at=begun + timedelta(minutes=number),
                settled_at=utcnow(),
            )
            for number in range(count)
        ]
        db.session.add_all(found)
        db.session.flush()
        return [each.id for each in found]


def test_a_snooze_tells_until_when(bia):
    write(ANA)
    ana = participant(ANA).id
    status.snooze(ana, user(BIA), utcnow() + timedelta(days=1))
    (told,) = events(thread(bia, ana))
    assert told.startswith("You snoozed it until ")
    assert "they write" not in told
    status.open_again(ana, user(BIA))
    status.snooze(ana, user(BIA), None)
    assert events(thread(bia, ana))[-1].endswith("snoozed it until they write")


def test_what_was_done_stands_where_it_was_done(bia):
    write(ANA, "Oi")
    ana = participant(ANA).id
    takeover.take_over(ana, user(BIA))
    write(ANA, "Tudo bem?")
    page = thread(bia, ana)
    assert page.index("Oi") < page.index("You took over") < page.index("Tudo bem?")


def test_what_happened_within_a_minute_is_one_line_with_each_name_once(app, bia):
    write(ANA, "Oi")
    ana, caio = participant(ANA).id, people.signed_in(app, CAIO, Role.OWNER)
    takeover.take_over(ana, user(BIA))
    attention.assign(ana, user(BIA), user(CAIO).id)
    takeover.take_over(ana, user(CAIO), instead_of=user(BIA).id)
    assert events(thread(caio, ana)) == ["bia took over, assigned it to you · You took over"]


def test_what_was_done_to_who_had_the_same_id_before_is_not_told(bia):
    write(ANA, "Oi")
    ana = participant(ANA).id
    takeover.take_over(ana, user(BIA))
    with transaction():
        db.session.get_one(Participant, ana).created_at = utcnow()
    attention.assign(ana, user(BIA), user(BIA).id)
    assert events(thread(bia, ana)) == ["You assigned it to you"]


def test_stop_and_return_are_told_after_the_words_that_did_it(bia):
    write(ANA, "Oi")
    write(ANA, "SAIR")
    write(ANA, "VOLTAR")
    page = thread(bia, participant(ANA).id)
    places = ("SAIR</p>", "They stopped the messages", "VOLTAR</p>", "They came back")
    assert [page.index(each) for each in places] == sorted(page.index(each) for each in places)


def test_who_only_opened_it_leaves_no_line(app, bia):
    write(ANA, "Oi")
    ana = participant(ANA).id
    bia.get(f"/conversations/{ana}")
    notes.write(ana, user(BIA), "A note", "a-form-key")
    assert events(thread(bia, ana)) == []


def test_a_note_stands_in_its_place_on_the_page_of_its_time(bia):
    ana = known(ANA)
    old = said(ana, PAGE)[10]
    notes.write(ana, user(BIA), "Of long ago", "first-form-key")
    notes.write(ana, user(BIA), "Of now", "other-form-key")
    with transaction():
        first = notes.between(ana)[0]
        first.created_at = db.session.get_one(Message, old).created_at
    whole = thread(bia, ana, "?since=1")
    assert whole.count('class="note"') == 2
    newest = thread(bia, ana)
    assert ("Of now" in newest, "Of long ago" in newest) == (True, True)


def test_each_thing_stands_on_one_page_alone(bia):
    ana = known(ANA)
    ids = said(ana, 3 * PAGE)
    notes.write(ana, user(BIA), "Here", "a-form-key")
    with transaction():
        noted = notes.between(ana)[0]
        middle = db.session.get_one(Message, ids[PAGE + 20])
        noted.created_at = middle.created_at + timedelta(seconds=1)
    found = []
    before: str | None = ""
    while before is not None:
        page = thread(bia, ana, f"?before={before}" if before else "")
        found.append("Here" in page)
        older = re.search(r"before=(\d+)", page)
        before = older and older[1]
    assert found.count(True) == 1


def test_in_the_simulator_what_happened_has_the_day_that_it_had_for_them(bia):
    write(ANA, "Oi")
    ana = participant(ANA).id
    with transaction():
        row = db.session.get_one(Participant, ana)
        row.simulated, row.clock_ahead = True, 3 * 24 * 60 * 60
        db.session.scalars(db.select(Message)).one().clock_ahead = row.clock_ahead
    takeover.take_over(ana, user(BIA))
    page = thread(bia, ana)
    assert page.count('class="day"') == 1
    assert page.index('class="day"') < page.index("You took over")


def test_what_is_done_by_itself_is_nobody_s(bia):
    write(ANA, "Oi")
    ana = participant(ANA).id
    with transaction():
        audit.record(Origin.ENGINE, Action.MARKED_DONE, Subject.PARTICIPANT, ana)
    assert events(thread(bia, ana)) == ["Done by itself"]


def test_a_message_asked_for_stands_on_its_page_with_others_on_both_sides(bia):
    ana = known(ANA)
    ids = said(ana, 3 * PAGE)
    asked = ids[PAGE]
    page = thread(bia, ana, f"?at={asked}")
    shown = [int(each) for each in re.findall(r'id="message-(\d+)"', page)]
    assert len(shown) == PAGE
    assert shown[0] < asked < shown[-1]
    after = thread(bia, ana, f"?after={shown[-1]}")
    following = [int(each) for each in re.findall(r'id="message-(\d+)"', after)]
    assert following == ids[ids.index(shown[-1]) + 1 :][:PAGE]


def test_the_newest_page_leads_to_no_newer_one(bia):
    ana = known(ANA)
    ids = said(ana, 2 * PAGE)
    assert 'id="newer"' in thread(bia, ana, f"?at={ids[0]}")
    assert 'id="newer"' not in thread(bia, ana, f"?at={ids[-1]}")
    assert 'id="newer"' not in thread(bia, ana, f"?after={ids[-2]}")


def test_a_day_leads_to_its_first_message(bia):
    ana = known(ANA)
    ids = said(ana, 10, since=timedelta(days=40))
    day = (utcnow() - timedelta(days=41)).date().isoformat()
    response = bia.get(f"/conversations/{ana}/day?day={day}")
    assert response.location.endswith(f"at={ids[0]}#message-{ids[0]}")
    nowhere = bia.get(f"/conversations/{ana}/day?day=2999-01-01", follow_redirects=True)
    assert "Nothing was said on that day or later." in nowhere.text
    choose(time_zone="Asia/Tokyo")
    for day in ("soon", "0001-01-01"):
        response = bia.get(f"/conversations/{ana}/day?day={day}", follow_redirects=True)
        assert "Choose a day." in response.text


REACTION = {"MessageType": "reaction"}


@pytest.mark.parametrize(
    ("given", "shown"), [(("❤️",), "❤️"), (("❤️", "👍"), "👍"), (("❤️", ""), None), ((), None)]
)
def test_the_last_reaction_stands_at_its_message_until_it_is_taken_back(bia, given, shown):
    first = write(ANA, "Oi")
    for sign in given:
        write(ANA, sign, OriginalRepliedMessageSid=first, **REACTION)
    page = thread(bia, participant(ANA).id)
    found = re.findall(r'<p class="sign".*?</p>', page, re.DOTALL)
    assert [text(each).rpartition(" ")[2] for each in found] == ([shown] if shown else [])
    assert page.count("reaction unseen") == len(given)


def test_the_line_about_their_data_is_folded(bia, work):
    starters.install()
    write(ANA, "Oi, quanto custa?")
    work()
    (answer,) = [each for each in rows(Message) if each.author == Author.ASSISTANT]
    notice, _, words = answer.body.partition("\n\n")
    page = thread(bia, participant(ANA).id)
    folded = re.search(r'<details class="told".*?</details>', page, re.DOTALL)
    assert folded
    assert text(folded[0]).startswith("With the line about their data")
    assert "SAIR" in notice
    assert "SAIR" not in page.replace(folded[0], "")
    assert words.split()[0] in page.replace(folded[0], "")
