"""One act for those who are marked in a list, with a script and without."""

import html
import json
import re
from typing import Any

import pytest

from tests.cast import ANA, BRUNO, participant, rows, write
from tests.journey.placed import HELLO
from tests.journey.under_way import journey
from tests.web.people import csrf_token, submit
from wa_assistant.database import db
from wa_assistant.models import JourneyVersion, Participant, Tag

pytestmark = pytest.mark.usefixtures("context")

LIST, BULK = "/conversations", "/participants/bulk"


@pytest.fixture(autouse=True)
def both(context) -> None:
    write(ANA, "Oi", ProfileName="Ana")
    write(BRUNO, "Oi", ProfileName="Bruno")


def marked() -> list[int]:
    return [each.id for each in rows(Participant)]


def statuses() -> set[str]:
    return {each.status for each in rows(Participant)}


def test_those_who_are_marked_are_done_and_undone(bia):
    response = submit(bia, LIST, BULK, act="done", participant=marked(), back="/conversations?q=a")
    assert response.location == "/conversations?q=a"
    page = bia.get(response.location).text
    assert "Done for 2 participants." in page
    assert statuses() == {"done"}
    way = page.partition(f'action="{BULK}/undo/')[2].partition('"')[0]
    write(BRUNO)
    page = bia.get(submit(bia, LIST, f"{BULK}/undo/{way}").location).text
    assert "1 participant is as before. 1 has changed since, and stays so." in page
    assert participant(ANA).status == "open"


def test_with_a_script_the_way_back_is_in_the_words(bia):
    form = {"csrf_token": csrf_token(bia.get(LIST)), "act": "done", "participant": marked()}
    response = bia.post(BULK, data=form, headers={"HX-Request": "true"})
    act = json.loads(response.headers["HX-Trigger"])["toast"]["act"]
    assert (response.status_code, act["form"]) == (204, "bulk")
    assert act["path"].startswith(f"{BULK}/undo/")


def test_all_of_a_list_are_those_who_stand_in_it(bia):
    these = {"all": "1", "of": "conversations", "show": "open", "q": "ana"}
    submit(bia, LIST, BULK, act="snooze", until="reply", **these)
    assert (participant(ANA).status, participant(BRUNO).status) == ("snoozed", "open")
    submit(bia, LIST, BULK, act="open", all="1", of="conversations", show="snoozed")
    assert statuses() == {"open"}


def test_all_of_a_selection_are_those_it_means(bia):
    submit(bia, LIST, BULK, act="done", all="1", of="participants", q="bruno")
    assert (participant(ANA).status, participant(BRUNO).status) == ("open", "done")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"act": "tag", "tag": "x" * 300}, "A tag has at most 40 characters."),
        ({"act": "tag", "tag": " "}, "Write a tag first."),
        ({"act": "snooze", "at": "soon"}, "Choose a date and a time ahead"),
        ({"act": "done", "participant": []}, "Mark somebody first."),
        ({"act": "open"}, "Nothing was changed"),
    ],
)
def test_what_cannot_be_done_is_said(bia, asked, words):
    fields: dict[str, Any] = {"participant": marked(), **asked}
    assert words in bia.get(submit(bia, LIST, BULK, **fields).location).text
    assert statuses() == {"open"}
    assert not rows(Tag)


@pytest.mark.parametrize("asked", [{"act": "erase"}, {"act": "assign", "user_id": "99"}])
def test_what_nobody_offers_is_refused(bia, asked):
    assert submit(bia, LIST, BULK, participant=marked(), **asked).status_code == 400


@pytest.mark.parametrize("back", ["https://other.example", "//other.example", "/\\other"])
def test_it_leads_to_no_other_site(bia, back):
    assert submit(bia, LIST, BULK, act="open", back=back).location == LIST


def test_what_is_no_id_is_nobody(bia):
    page = submit(bia, LIST, BULK, act="done", participant=["x", "0", str(2**40)]).location
    assert "Mark somebody first." in bia.get(page).text


def put_into(client: Any, journey_id: int) -> str:
    location = submit(
        client, LIST, BULK, act="place", journey_id=journey_id, participant=marked()
    ).location
    return html.unescape(client.get(location).text)


def test_all_are_put_into_a_journey_and_back_with_one_click(bia):
    version = journey([HELLO], starter=None)
    page = html.unescape(bia.get(LIST).text)
    assert "Put into a journey" in page
    page = put_into(bia, db.session.get_one(JourneyVersion, version).journey_id)
    assert "Done for 2 participants." in page
    assert {each.journey_version_id for each in rows(Participant)} == {version}
    way = page.partition(f'action="{BULK}/undo/')[2].partition('"')[0]
    page = bia.get(submit(bia, LIST, f"{BULK}/undo/{way}").location).text
    assert "2 participants are as before." in page
    assert {each.journey_version_id for each in rows(Participant)} == {None}


def test_of_a_journey_that_is_not_there_nothing_is_done(bia):
    given = {"act": "place", "participant": marked()}
    for journey_id in ("", "x", "99", str(2**40)):
        response = submit(bia, LIST, BULK, journey_id=journey_id, **given)
        assert response.status_code == 400, journey_id


def test_who_wrote_while_the_list_was_open_is_told_and_stays(bia):
    heard = re.search(r'name="heard"[^>]*value="(\d+)"', bia.get(LIST).text)
    assert heard
    write(ANA, "E agora?")
    location = submit(bia, LIST, BULK, act="done", heard=heard[1], participant=marked()).location
    words = "Done for 1 participant. 1 has written meanwhile, and stays as they are."
    assert words in bia.get(location).text
    assert (participant(ANA).status, participant(BRUNO).status) == ("open", "done")


@pytest.mark.parametrize("heard", ["x", "-1", str(2**40), str(2**70)])
def test_what_no_message_can_have_as_its_number_says_nothing(bia, heard):
    submit(bia, LIST, BULK, act="done", heard=heard, participant=marked())
    assert statuses() == {"done"}
