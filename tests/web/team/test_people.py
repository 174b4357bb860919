"""The page Team, and each colleague's own page."""

from typing import Any

import pytest

from tests.cast import ANA, BIA, CAIO, DAVI, known, only
from tests.web.people import submit
from wa_assistant.accounts import sectors, sessions, team
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction
from wa_assistant.models import Participant, Role, Sector, User

pytestmark = pytest.mark.usefixtures("context")


def of(email: str) -> Any:
    return only(User, User.email == email)


def page(email: str) -> str:
    return f"/team/{of(email).id}"


def form(**fields: str) -> dict[str, str]:
    """Bia's, as her page holds it when an owner has opened it, with `fields` typed over it."""
    now = team.held(of(BIA))
    return {**now, **{f"seen.{name}": value for name, value in now.items()}, **fields}


def test_everybody_sees_who_is_of_the_team_and_owners_what_else_there_is(caio, bia, davi):
    whole, seen = caio.get("/team").text, davi.get("/team").text
    for email in (BIA, CAIO, DAVI):
        assert f'<span class="one-line">{email.partition("@")[0]}</span>' in seen
        assert email in whole
        assert email not in seen
    assert page(BIA) in whole
    assert page(BIA) not in seen
    assert "Last seen" not in seen
    assert davi.get("/team?former=yes").text.count("<tr>") == seen.count("<tr>")
    assert 'href="/team"' in davi.get("/").text


def test_an_owner_changes_a_name_a_sector_and_a_role(caio, bia):
    submit(caio, "/team/sectors", "/team/sectors", name="Vendas")
    sector_id = str(only(Sector).id)
    fields = form(name="Bia Reis", sector=sector_id, role="viewer")
    saved = submit(caio, page(BIA), page(BIA), **fields)
    assert saved.location == page(BIA)
    assert "Saved. The role holds from their next click on." in caio.get(page(BIA)).text
    assert bia.get("/simulator").status_code == 403, "which editors may see"
    assert "Bia Reis" in bia.get("/team?q=REIS").text
    assert "Vendas" in bia.get(f"/team?sector={sector_id}").text
    assert caio.get("/team?q=nobody").text.count("Nobody like that") == 1
    assert "Bia Reis" in caio.get("/team?q=rei%00s&after=1~%00").text


def test_a_role_changed_in_the_middle_of_a_form_is_told_and_what_was_typed_stays(caio, bia):
    fields = form(name="Bia Reis", role="owner")
    team.change(of(BIA).id, {"role": "viewer"}, team.held(of(BIA)), of(CAIO))
    refused = submit(caio, page(BIA), page(BIA), **fields)
    assert refused.status_code == 422
    assert "A colleague has changed this meanwhile." in refused.text
    assert 'value="Bia Reis"' in refused.text
    assert 'name="seen.role" value="viewer"' in refused.text
    assert (of(BIA).role, of(BIA).name) == ("viewer", "")


def test_a_name_of_five_hundred_characters_is_refused_where_it_was_typed(caio, bia):
    refused = submit(caio, page(BIA), page(BIA), **form(name="a" * 500))
    assert refused.status_code == 422
    assert "At most 200 characters." in refused.text
    assert "a" * 500 in refused.text


def test_who_demotes_themselves_lands_where_they_still_may_be(sign_in, caio):
    sign_in("dora@example.com", Role.OWNER)
    own = {"seen.role": "owner", "role": "viewer"}
    assert submit(caio, page(CAIO), page(CAIO), **own).location == "/team"
    assert caio.get("/team").status_code == 200
    assert caio.get("/team/sectors").status_code == 403


def test_the_only_owner_is_told_why_they_stay_one(caio):
    assert "The only owner who has signed in" in caio.get(page(CAIO)).text
    refused = submit(caio, page(CAIO), page(CAIO), **{"seen.role": "owner", "role": "viewer"})
    assert refused.status_code == 422
    assert "Nobody else could manage the team." in refused.text
    submit(caio, page(CAIO), f"{page(CAIO)}/deactivation")
    assert "Nobody else could manage the team." in caio.get(page(CAIO)).text
    assert of(CAIO).active


@pytest.mark.environment(OWNER_EMAILS=BIA)
def test_beside_an_owner_by_the_environment_it_says_so(caio, bia):
    said = caio.get(page(BIA)).text
    assert "Owner by the environment: OWNER_EMAILS" in said
    assert 'name="role"' not in said


def test_sessions_of_others_are_seen_and_ended_one_by_one_and_all(caio, bia, sign_in):
    phone = sign_in(BIA, Role.EDITOR)
    said = caio.get(page(BIA)).text
    assert said.count("From address: 127.0.0.1") == 2
    first = sessions.of(of(BIA))[0]
    assert submit(caio, page(BIA), f"{page(CAIO)}/sessions/{first.id}/end").status_code == 404
    submit(caio, page(BIA), f"{page(BIA)}/sessions/{first.id}/end")
    assert sorted(each.get("/").status_code for each in (bia, phone)) == [200, 303]
    submit(caio, page(BIA), f"{page(BIA)}/sessions/end")
    assert [each.get("/").status_code for each in (bia, phone)] == [303, 303]
    submit(caio, page(CAIO), f"{page(CAIO)}/sessions/end")
    assert caio.get("/").status_code == 200, "this one stays"


def test_who_leaves_is_out_at_once_and_their_conversations_go_on(caio, bia, sign_in):
    takeover.take_over(known(ANA), of(BIA))
    sign_in("dora@example.com", Role.EDITOR)
    dora = of("dora@example.com").id
    assert "They look after 1 conversation." in caio.get(page(BIA)).text
    submit(caio, page(BIA), f"{page(BIA)}/deactivation", successor=str(dora))
    assert bia.get("/").status_code == 303
    assert only(Participant).taken_over_by_id == dora
    said = caio.get(page(BIA)).text
    assert "bia is out of the team. 1 conversation was passed on." in said
    assert BIA not in caio.get("/team").text
    assert BIA in caio.get("/team?former=yes").text
    submit(caio, page(BIA), f"{page(BIA)}/deactivation/end")
    assert "bia may sign in again." in caio.get(page(BIA)).text
    assert of(BIA).active


@pytest.mark.parametrize("successor", ["x", "-1", str(2**40)])
def test_a_successor_that_is_no_number_is_no_nobody(caio, bia, successor):
    sent = submit(caio, page(BIA), f"{page(BIA)}/deactivation", successor=successor)
    assert sent.status_code == 400
    assert of(BIA).active


def test_sectors_are_made_renamed_and_removed(caio, bia):
    submit(caio, "/team/sectors", "/team/sectors", name="Vendas")
    assert (
        "There is a sector of this name already."
        in submit(caio, "/team/sectors", "/team/sectors", name="VENDAS").text
    )
    its = f"/team/sectors/{only(Sector).id}"
    assert submit(caio, "/team/sectors", its, name="").status_code == 422
    assert submit(caio, "/team/sectors", its, name="Suporte").status_code == 303
    assert [each.name for each in sectors.everything()] == ["Suporte"]
    submit(caio, "/team/sectors", f"{its}/removal")
    assert "No sectors yet" in caio.get("/team/sectors").text
    assert submit(caio, "/team/sectors", f"{its}/removal").status_code == 404


def test_a_page_of_a_team_of_hundreds_asks_no_more_than_one_of_few(caio, statements):
    statements.clear()
    caio.get("/team")
    of_one = len(statements)
    with transaction():
        db.session.add_all(
            User(email=f"u{number}@x.example", role="editor") for number in range(60)
        )
    statements.clear()
    said = caio.get("/team").text
    assert len(statements) <= of_one
    assert said.count("<tr>") == 51
    assert "after=" in said
