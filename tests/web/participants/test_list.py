"""The list of participants as a page: its columns, its filters, its pages and its views."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import format_date

from tests.cast import ANA, BIA, BRUNO, CAIO, DAVI, known, only, participant
from tests.web import people
from wa_assistant.conversation import selected, status
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import (
    Field,
    FieldKind,
    FieldValue,
    Participant,
    ParticipantTag,
    Role,
    Tag,
    User,
    View,
)

NAMES = {ANA: "Ana Beatriz", BRUNO: "Bruno"}
PERSON = re.compile(r'id="person-(\d+)"')


@pytest.fixture
def bia(app: Flask, context: None) -> FlaskClient:
    """An editor, before Ana, a VIP of 31 years, and Bruno, of whom nothing is known."""
    for address, name in NAMES.items():
        known(address)
        with transaction():
            participant(address)
            db.session.get_one(Participant, participant_id(address)).name = name
    ana = participant_id(ANA)
    with transaction():
        db.session.add_all(
            [Tag(id=1, name="VIP"), Field(id=1, name="Idade", kind=FieldKind.NUMBER)]
        )
        db.session.flush()
        db.session.add(ParticipantTag(participant_id=ana, tag_id=1))
        db.session.add(FieldValue(participant_id=ana, field_id=1, value="31.5"))
    return people.signed_in(app, BIA, Role.EDITOR)


def participant_id(address: str) -> int:
    found = db.session.query(Participant.id).where(Participant.address == address)
    return int(found.one()[0])


def shown(client: FlaskClient, address: str, **headers: str) -> set[str]:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    ids = [int(each) for each in PERSON.findall(response.text)]
    return {db.session.get_one(Participant, each).name for each in ids}


def test_who_is_put_off_for_weeks_is_listed_with_the_date(bia):
    moment = utcnow() + timedelta(days=30)
    status.snooze(participant_id(ANA), only(User, User.email == BIA), moment)
    with bia.application.test_request_context():
        date = format_date(moment, "short")
    assert f"Snoozed until {date}" in bia.get("/participants").text


def test_everybody_real_is_listed_and_how_many_they_are(bia):
    page = bia.get("/participants").text
    assert "2 participants" in page
    assert "+55 11 98765-4321" in page
    assert shown(bia, "/participants") == {"Ana Beatriz", "Bruno"}
    assert shown(bia, "/participants?simulated=1") == set()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("tag=1", ">VIP<"),
        ("q=beatriz", "“beatriz”"),
        ("field-1-from=31&field-1-to=32", "Idade: 31 to 32"),
        ("field-1-is=filled", "Idade: filled in"),
        ("field-1=31.5", "Idade: 31.5"),
    ],
)
def test_a_filter_is_told_in_words_with_the_way_out_of_it(bia, asked, told):
    assert shown(bia, f"/participants?{asked}") == {"Ana Beatriz"}
    page = bia.get(f"/participants?{asked}").text
    assert told in page
    assert 'class="sifted-by" href="/participants?sort=activity"' in page


def test_one_chooses_the_columns(bia):
    page = bia.get("/participants?columns=field-1&columns=language").text
    head = re.findall(r"<th scope=\"col\"[^>]*>([^<]+)</th>", page)
    assert head == ["Name", "Language", "Idade"]
    assert "31.5" in page


def test_pages_follow_each_other_and_hold_everybody_once(bia, monkeypatch):
    monkeypatch.setattr(selected, "PAGE", 1)
    first = bia.get("/participants?sort=created")
    link = re.search(r'href="([^"]*before=[^"]*)"', first.text)
    assert link
    second = link[1].replace("&amp;", "&")
    assert shown(bia, "/participants?sort=created") | shown(bia, second) == set(NAMES.values())
    assert 'rel="next"' not in bia.get(second).text


def test_what_cannot_be_understood_is_left_out(bia):
    address = "/participants?status=asleep&tag=x&before=never&columns=hair&sort=luck&view=9"
    assert shown(bia, address) == set(NAMES.values())


def test_a_view_keeps_filters_and_columns_under_a_name(bia):
    look = {"tag": "1", "columns": ["number", "field-1"], "sort": "created"}
    response = people.submit(bia, "/participants", "/participants/views", name="VIPs", **look)
    assert response.location == f"/participants?view={only(View).id}"
    assert shown(bia, response.location) == {"Ana Beatriz"}
    page = bia.get(response.location).text
    assert re.findall(r"<th scope=\"col\"[^>]*>([^<]+)</th>", page) == ["Name", "Number", "Idade"]
    assert shown(bia, f"{response.location}&sort=activity") == set(NAMES.values())


def test_one_s_own_view_is_nobody_else_s_and_a_shared_one_is_everybody_s(app, bia):
    for name, shared in (("Mine", ""), ("Ours", "1")):
        people.submit(bia, "/participants", "/participants/views", name=name, shared=shared)
    davi = people.signed_in(app, DAVI, Role.VIEWER)
    page = davi.get("/participants").text
    assert "Ours" in page
    assert "Mine" not in page
    mine, ours = (only(View, View.name == name).id for name in ("Mine", "Ours"))

    def delete(view_id: int) -> int:
        place = f"/participants/views/{view_id}/deletion"
        return people.submit(davi, "/participants", place).status_code

    assert [delete(mine), delete(ours)] == [404, 403]
    own = people.submit(davi, "/participants", "/participants/views", name="D", shared="1")
    assert own.status_code == 303
    assert only(View, View.name == "D").user_id == only(User, User.email == DAVI).id


def test_a_view_is_renamed_shown_anew_and_deleted(bia):
    people.submit(bia, "/participants", "/participants/views", name="VIPs")
    place = f"/participants/views/{only(View).id}"
    people.submit(bia, "/participants", place, name="All VIPs", shared="1")
    assert (only(View).name, only(View).user_id) == ("All VIPs", None)
    people.submit(bia, "/participants", f"{place}/look", tag="1", sort="activity")
    assert shown(bia, f"/participants?view={only(View).id}") == {"Ana Beatriz"}
    people.submit(bia, "/participants", f"{place}/deletion")
    assert not db.session.query(View).all()


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "vips"])
def test_a_name_that_is_none_or_taken_is_refused_and_the_filters_stay(bia, name):
    people.submit(bia, "/participants", "/participants/views", name="VIPs")
    response = people.submit(bia, "/participants", "/participants/views", name=name, tag="1")
    assert response.location == "/participants?tag=1&sort=activity"
    assert only(View).name == "VIPs"


def test_a_view_whose_tag_field_journey_and_colleague_are_gone_opens_without_them(app, bia):
    people.signed_in(app, CAIO, Role.OWNER)
    caio = only(User, User.email == CAIO).id
    look = {"tag": ["1", "99"], "field-99": "x", "journey": "99", "assigned": str(caio)}
    people.submit(bia, "/participants", "/participants/views", name="Old", **look)
    with transaction():
        db.session.get_one(User, caio).active = False
        db.session.query(ParticipantTag).delete()
    address = f"/participants?view={only(View).id}"
    assert shown(bia, address) == set(NAMES.values())
    page = bia.get(address).text
    assert "Not all of this holds any more:" in page
    for gone in (
        "the tag VIP, which nobody has any more",
        "a tag that was removed",
        "a field that was removed",
        "a journey that is no more",
        "caio, who is of the team no more",
    ):
        assert gone in page


def test_the_list_alone_is_fetched_with_what_the_form_says(bia):
    headers = {"HX-Request": "true"}
    response = bia.get("/participants/list?tag=1&sort=activity", headers=headers)
    assert "<html" not in response.text
    assert shown(bia, "/participants/list?tag=1&sort=activity", **headers) == {"Ana Beatriz"}
