"""Inviting, changing and putting out colleagues."""

import re
from typing import Any

import pytest

from tests.cast import BIA, CAIO, DAVI, come, only, rows, together
from wa_assistant.accounts import people, sectors, sessions, sign_in, team, users
from wa_assistant.database import db, transaction
from wa_assistant.models import AuditEntry, Role, Sector, Session, User
from wa_assistant.settings.problem import Problem, Refused

EVA = "eva@example.com"

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def caio() -> Any:
    return come(CAIO, Role.OWNER).user


def of(email: str) -> Any:
    return only(User, User.email == email)


def change(email: str, actor: Any, **given: str) -> list[str]:
    """As who has the page before them changes it."""
    user = of(email)
    return team.change(user.id, given, team.held(user), actor)


def put_out(email: str, actor: Any) -> None:
    user_id = of(email).id
    with transaction():
        team.deactivate(user_id, actor)


def invite(actor: Any, **given: str) -> User:
    return team.invite({"email": BIA, "role": "editor", **given}, actor)


def sector(name: str, actor: Any) -> str:
    """A new one, as forms name it."""
    sectors.add(name, actor)
    return str(only(Sector, Sector.name == name).id)


def audit(action: str) -> Any:
    return only(AuditEntry, AuditEntry.action == action)


def test_who_is_invited_is_of_the_team_before_they_come(caio):
    sales = sector("Vendas", caio)
    invite(caio, email=" Bia@Example.com ", name=" Bia\u200b  Reis", sector=sales)
    bia = of(BIA)
    assert (bia.name, bia.role, bia.sector.name) == ("Bia Reis", "editor", "Vendas")
    assert (bia.invited, bia.active, bia.last_sign_in_at) == (True, True, None)
    entry = audit("invited")
    assert (entry.actor, entry.subject_id) == (CAIO, BIA)
    assert entry.after == {"name": "Bia Reis", "sector": "Vendas", "role": "editor"}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"email": "bia"}, "email"),
        ({"email": "a b@example.com"}, "email"),
        ({"email": f"{'a' * 250}@example.com"}, "email"),
        ({"email": "eva,root@example.com"}, "email"),
        ({"email": "(x)eva@example.com"}, "email"),
        ({"email": "eva@example.com\x00"}, "email"),
        ({"email": CAIO}, "email"),
        ({"name": "a" * 500}, "name"),
        ({"sector": "7"}, "sector"),
        ({"sector": "9" * 40}, "sector"),
        ({"role": "admin"}, "role"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_made(caio, given, wrong):
    with pytest.raises(Refused) as refused:
        invite(caio, **given)
    assert list(refused.value.problems) == [wrong]
    assert len(rows(User)) == 1


def test_a_change_is_saved_with_what_was_before(caio):
    come(BIA, Role.EDITOR)
    sales = sector("Vendas", caio)
    assert change(BIA, caio, name="Bia", sector=sales, role="viewer") == ["name", "sector", "role"]
    entry = audit("changed")
    assert entry.before == {"name": "", "sector": "", "role": "editor"}
    assert entry.after == {"name": "Bia", "sector": "Vendas", "role": "viewer"}
    assert change(BIA, caio, name=" Bia ", sector=sales, role="viewer") == []


def test_what_a_colleague_changed_meanwhile_is_not_saved_over(caio):
    come(BIA, Role.EDITOR)
    bia, seen = of(BIA), team.held(of(BIA))
    change(BIA, caio, role="viewer")
    assert team.change(bia.id, {"name": "Bia", "role": "editor"}, seen, caio) == ["name"]
    assert of(BIA).role == "viewer", "which they left as they had seen it"
    with pytest.raises(Refused) as refused:
        team.change(bia.id, {"role": "owner"}, seen, caio)
    assert refused.value.changed_meanwhile == {"role"}
    assert of(BIA).role == "viewer"


def test_there_is_always_an_owner_who_has_been_here(caio):
    invite(caio, role="owner")
    for attempt in (
        lambda: change(CAIO, caio, role="editor"),
        lambda: put_out(CAIO, caio),
    ):
        with pytest.raises((Refused, team.NeededError)):
            attempt()
    assert (of(CAIO).role, of(CAIO).active) == ("owner", True)
    sign_in.redeem(sign_in.make_link(BIA, None, caio).rpartition("/")[2])
    assert change(CAIO, caio, role="editor") == ["role"]


@pytest.mark.parametrize("way", ["role", "out"])
def test_of_two_owners_who_put_each_other_down_at_once_one_stays(app, caio, way):
    both = (caio.id, come("dora@example.com", Role.OWNER).user.id)

    def put_down(user_id: int, actor_id: int) -> str:
        actor = db.session.get_one(User, actor_id)
        try:
            if way == "role":
                seen = {"name": "", "sector": "", "role": "owner"}
                team.change(user_id, {"role": "viewer"}, seen, actor)
            else:
                with transaction():
                    team.deactivate(user_id, actor)
        except (team.NotAllowedError, team.NeededError, Refused):
            return "not done"
        return "done"

    found = together(app, lambda: put_down(*both), lambda: put_down(*both[::-1]))
    assert sorted(found) == ["done", "not done"]
    assert len([each for each in rows(User) if each.active and each.role == "owner"]) == 1


def test_who_manages_no_longer_changes_nobody(caio):
    come(BIA, Role.EDITOR)
    dora = come("dora@example.com", Role.OWNER).user
    change("dora@example.com", caio, role="editor")
    for attempt in (
        lambda: invite(dora, email=EVA),
        lambda: change(BIA, dora, role="owner"),
        lambda: put_out(CAIO, dora),
        lambda: team.reactivate(of(BIA).id, dora),
        lambda: team.make_link(of(CAIO).id, dora),
    ):
        with pytest.raises(team.NotAllowedError):
            attempt()


def test_no_link_made_before_gives_the_role_back(caio):
    come(BIA, Role.EDITOR)
    by_hand = sign_in.make_link(BIA, Role.OWNER)
    change(BIA, caio, role="viewer")
    assert sign_in.redeem(by_hand.rpartition("/")[2]) is None
    after = sign_in.make_link(BIA, None, caio)
    assert sign_in.redeem(after.rpartition("/")[2])
    assert of(BIA).role == "viewer"


def test_a_link_from_the_shell_does_not_demote_the_only_owner(caio):
    come(CAIO, Role.EDITOR)
    assert of(CAIO).role == "owner"
    come(BIA, Role.OWNER)
    come(CAIO, Role.EDITOR)
    assert of(CAIO).role == "editor"


def test_a_link_that_gives_no_role_makes_nobody(caio):
    assert sign_in.redeem(sign_in.make_link(EVA, None, caio).rpartition("/")[2]) is None
    assert len(rows(User)) == 1


def test_who_has_never_been_here_has_three_days_and_others_half_an_hour(caio):
    invite(caio)
    for email, minutes in ((BIA, 3 * 24 * 60), (CAIO, 30)):
        sign_in.make_link(email, None, caio)
        (link,) = sign_in.open_links(email)
        assert round((link.expires_at - link.created_at).total_seconds() / 60) == minutes


@pytest.mark.environment(OWNER_EMAILS=f"{CAIO}, {EVA}")
def test_owners_by_the_environment_are_made_so_at_each_sign_in_and_not_here(caio):
    come(BIA, Role.OWNER)
    come(EVA, Role.VIEWER)
    assert of(EVA).role == "owner"
    with pytest.raises(Refused) as refused:
        change(EVA, caio, role="viewer")
    assert refused.value.problems["role"] is team.BY_ENVIRONMENT
    assert users.is_owner_by_environment(EVA)


def test_who_is_put_out_has_no_way_back_until_they_are_taken_back(caio):
    bia, key = come(BIA, Role.EDITOR)
    link = sign_in.make_link(BIA, None, caio)
    put_out(BIA, caio)
    assert sessions.user(bia.id, key) is None
    assert sign_in.redeem(link.rpartition("/")[2]) is None
    assert all(each.ended_at for each in rows(Session, Session.user_id == bia.id))
    team.reactivate(bia.id, caio)
    assert sessions.user(bia.id, key) is None, "what was ended stays so"
    assert sign_in.open_links(BIA) == []
    assert (of(BIA).active, of(BIA).role) == (True, "editor")
    assert audit("deactivated").after == {"sessions": 1}
    assert audit("reactivated").actor == CAIO


def test_owners_sign_others_out_and_it_says_who(caio):
    bia, first = come(BIA, Role.EDITOR)
    second = come(BIA, Role.EDITOR).key
    (one,) = [each for each in sessions.of(bia) if sessions.is_of(each, first)]
    assert not sessions.end_one(one.id, caio, caio), "it is no session of that one"
    assert sessions.end_one(one.id, bia, caio)
    assert sessions.end_others("", bia, caio) == 1
    assert sessions.user(bia.id, second) is None
    entries = rows(AuditEntry, AuditEntry.action == "ended a session")
    assert {(each.actor, each.subject_id) for each in entries} == {(CAIO, BIA)}


def test_sectors_are_a_list_of_one_s_own(caio):
    sales = sector("Vendas", caio)
    sectors.add(" Suporte  técnico ", caio)
    for name in ("vendas", "", "\u200b", "a" * 61):
        with pytest.raises(Problem):
            sectors.add(name, caio)
    come(BIA, Role.EDITOR)
    change(BIA, caio, sector=sales)
    assert sectors.rename(int(sales), "VENDAS", caio), "it is its own name"
    assert [(each.name, people) for each, people in sectors.counted()] == [
        ("Suporte técnico", 0),
        ("VENDAS", 1),
    ]
    assert sectors.remove(int(sales), caio)
    assert (of(BIA).sector, only(Sector).name) == (None, "Suporte técnico")
    assert not sectors.remove(int(sales), caio)
    assert not sectors.rename(int(sales), "Vendas", caio)
    assert audit("removed").before == {"name": "VENDAS", "people": [BIA]}


def test_three_hundred_are_listed_by_name_a_page_at_a_time(caio):
    with transaction():
        for number in range(300):
            user = User(email=f"user{number}@example.com", role="editor", active=number % 10 > 0)
            user.name = f"Álvaro {number:03}" if number < 150 else ""
            db.session.add(user)
    seen: list[str] = []
    page, pages = people.page(after=None), 1
    while page.next:
        seen += [each.name_folded for each in page.users]
        page, pages = people.page(after=people.Place.parse(str(page.next))), pages + 1
    seen += [each.name_folded for each in page.users]
    assert (pages, len(seen), len(set(seen))) == (6, 271, 271)
    assert seen[:2] == ["alvaro 001", "alvaro 002"]
    assert len(people.page(former=True, after=None).users) == 30
    assert [each.name for each in people.page(search="ALVARO 12", after=None).users] == [
        f"Álvaro {number}" for number in range(121, 130)
    ]
    assert [each.email for each in people.page(search="caio@", after=None).users] == [CAIO]
    assert people.page(search="100%", after=None).users == []


@pytest.mark.parametrize("wrong", ["", "x", "1", "~a", f"{2**31}~a", "-1~a"])
def test_a_place_nobody_wrote_is_none(wrong):
    with pytest.raises(ValueError, match=f"^{re.escape(wrong)}$"):
        people.Place.parse(wrong)


def test_when_somebody_was_last_here_is_their_latest_session_s(caio):
    bia, eva = come(BIA, Role.EDITOR).user, invite(caio, email=EVA)
    sessions.end(come(BIA, Role.EDITOR).key, bia)
    latest = max(each.last_seen_at for each in rows(Session, Session.user_id == bia.id))
    assert people.seen([bia.id, eva.id]) == {bia.id: latest}
    assert DAVI not in {each.email for each in people.page(after=None).users}
