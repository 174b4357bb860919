"""Which conversations stand in which list, in which order, and how many there are."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, known, only, participant, rows
from wa_assistant.conversation import attention, lists, reading, status, takeover
from wa_assistant.conversation.lists import Sort
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.intake import simulator
from wa_assistant.models import Attention, Participant, Role, Sector, User

EVA = "whatsapp:+5531988001122"
pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def bia(context: None) -> Any:
    with transaction():
        sales = Sector(name="Vendas")
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR, sector=sales))
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))
    return only(User, User.email == BIA)


def listed(show: str, **options: Any) -> list[str]:
    user = only(User, User.email == BIA)
    return [each.address for each in reading.listing(user, show=show, **options).participants]


def test_each_stands_where_it_belongs(bia):
    ana, bruno, eva = (known(each) for each in (ANA, BRUNO, EVA))
    assert sorted(listed("open")) == sorted(listed("unassigned")) == sorted([ANA, BRUNO, EVA])
    takeover.take_over(ana, bia)
    status.snooze(bruno, bia, None)
    status.done(eva, bia)
    assert [listed(each) for each in ("open", "mine", "unassigned")] == [[ANA], [ANA], []]
    assert (listed("snoozed"), listed("done")) == ([BRUNO], [EVA])
    sector = lists.of_sector(only(Sector))
    assert listed(sector) == [ANA]
    assert listed("sector-999") == []
    assert lists.counts(bia, [only(Sector)]) == {
        **dict.fromkeys(lists.LISTS, 0),
        "open": 1,
        "mine": 1,
        "snoozed": 1,
        "done": 1,
        sector: 1,
    }


def test_who_is_pretended_stands_in_their_own_list_alone(bia):
    someone = simulator.write(simulator.new_address(), "Ivo", "Oi")
    with transaction():
        attention.call(db.session.get_one(Participant, someone.id), Attention.ASKED_FOR)
    for show in lists.LISTS:
        assert listed(show) == ([someone.address] if show == "simulated" else []), show
    found = lists.counts(bia, [])
    assert (sum(found.values()), found["simulated"]) == (1, 1)
    assert attention.summary() == (0, None)
    assert reading.listing(bia, show="simulated").attention, "there on top"


def test_a_search_in_the_open_ones_finds_who_is_done(bia):
    status.done(known(ANA), bia)
    assert listed("open") == []
    assert listed("open", search="98765") == [ANA]


def test_no_list_is_counted_to_its_end(bia, monkeypatch):
    monkeypatch.setattr(lists, "MOST_COUNTED", 2)
    for number in range(4):
        known(f"whatsapp:+55119000000{number}")
    assert lists.counts(bia, [])["open"] == 2


def test_an_unknown_list_is_that_of_the_open_ones():
    assert lists.known("everything") == lists.known("sector-0") == "open"


@pytest.mark.parametrize(("waiting", "others"), [(70, 70), (50, 3), (3, 50), (0, 4), (50, 0)])
def test_who_waits_longest_comes_first_and_each_is_on_one_page(bia, waiting, others):
    now = utcnow()
    with transaction():
        for number in range(waiting + others):
            since = now - timedelta(seconds=number % 7) if number < waiting else None
            at = now - timedelta(seconds=number % 5)
            row = Participant(address=f"whatsapp:+55119{number:08}", last_activity_at=at)
            row.waiting_since = since
            db.session.add(row)
    seen: list[Any] = []
    before = None
    while True:
        page = reading.listing(bia, sort=Sort.WAITING, before=before)
        seen += page.others
        if page.older is None:
            break
        before = reading.Place.parse(str(page.older))
    assert sorted(each.id for each in seen) == [each.id for each in rows(Participant)]
    first: list[Any] = [each.waiting_since for each in seen[:waiting]]
    assert first == sorted(first)
    active: list[Any] = [each.last_activity_at for each in seen[waiting:]]
    assert active == sorted(active, reverse=True)
    assert participant(seen[0].address)
