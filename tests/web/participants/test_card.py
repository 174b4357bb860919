"""The card beside a conversation: who somebody is, kept in its place by the team."""

import html
import re
from datetime import timedelta

import pytest

from tests.cast import ANA, BIA, CAIO, known, only, participant, rows, write
from tests.journey.people import GOAL, INTRO, published, user
from tests.web.people import csrf_token
from wa_assistant.conversation import field_list, fields, naming, tags
from wa_assistant.database import utcnow
from wa_assistant.models import ConsentEvent, Field, FieldValue, Tag

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana(context: None) -> int:
    return known(ANA)


@pytest.fixture
def path(ana) -> str:
    return f"/conversations/{ana}"


def post(client, page, action, **given):
    return client.post(action, data={"csrf_token": csrf_token(client.get(page)), **given})


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text)))


@pytest.mark.parametrize("page", ["", "/person", "/card"])
def test_a_viewer_sees_who_it_is_and_changes_nothing(davi, ana, path, page):
    bia, city = user(BIA), field_list.add("Cidade", "text", (), user(CAIO)).id
    naming.call(bia, ana, "Ana <b>Arquitetura</b>")
    tags.add(bia, ana, "VIP")
    fields.put(bia, ana, city, "Recife")
    shown = davi.get(path + page)
    assert "Ana &lt;b&gt;Arquitetura" in shown.text
    assert "https://wa.me/5511987654321" in shown.text
    assert all(each in words(shown) for each in ("VIP", "Cidade Recife", "Marketing"))
    assert 'action="/conversations' not in shown.text.partition('id="card"')[2]


def test_a_name_of_ours_stands_over_theirs_and_both_are_found(bia, ana, path):
    write(ANA, "Oi", ProfileName="Beatriz")
    assert post(bia, path, f"{path}/name", name="Ana Souza", seen="").location == path
    assert participant(ANA).label == "Ana Souza"
    assert "On WhatsApp: Beatriz" in words(bia.get(path))
    for search in ("souza", "beatriz"):
        assert f'href="{path}' in bia.get(f"/conversations?q={search}").text


def test_what_is_sent_from_the_page_of_its_own_leads_back_there(bia, path):
    page = f"{path}/person"
    sent = post(bia, page, f"{path}/name", name="Ana", seen="", place="page")
    assert sent.location == page


@pytest.mark.parametrize("name", ["x" * 300, " \u200b "])
def test_what_is_no_tag_is_said_and_stands_there_still(bia, path, name):
    refused = post(bia, path, f"{path}/tags", name=name)
    assert refused.status_code == 422
    assert name.strip("\u200b ") in refused.text
    assert ("at most 40" if "x" in name else "Write a tag first") in words(refused)
    assert not rows(Tag)


def test_tags_are_offered_as_they_are_typed_but_those_one_has(bia, ana, path):
    ivo = known("whatsapp:+5511900000009")
    for who, name in ((ana, "VIP"), (ivo, "VIP"), (ivo, "Vizinho")):
        tags.add(user(BIA), who, name)
    offered = bia.get(f"{path}/tags?name=v").text
    assert 'value="Vizinho"' in offered
    assert "VIP" not in offered
    removed = post(bia, path, f"{path}/tags/{rows(Tag)[0].id}/removal")
    assert removed.location == path
    assert "VIP" in bia.get(f"{path}/tags").text


def test_a_field_of_ten_thousand_characters_is_refused_in_a_sentence(bia, path):
    city = field_list.add("Cidade", "text", (), user(CAIO)).id
    refused = post(bia, path, f"{path}/fields/{city}", value="x" * 10_000, seen="")
    assert refused.status_code == 422
    assert "At most 500 characters." in words(refused)
    assert not rows(FieldValue)


def test_the_second_of_two_is_told_who_was_faster_and_keeps_what_they_typed(bia, caio, ana, path):
    city = field_list.add("Cidade", "text", (), user(CAIO)).id
    assert post(caio, path, f"{path}/fields/{city}", value="Recife", seen="").status_code == 303
    refused = post(bia, path, f"{path}/fields/{city}", value="Olinda", seen="")
    assert refused.status_code == 422
    assert "wrote “Recife” meanwhile" in words(refused)
    form = refused.text.partition(f'action="{path}/fields/{city}"')[2].partition("</form>")[0]
    assert 'value="Olinda"' in form
    assert 'name="seen" value="Recife"' in form
    assert post(bia, path, f"{path}/fields/{city}", value="Olinda", seen="Recife").location == path
    assert fields.of([ana])[ana] == {city: "Olinda"}


def test_a_field_that_is_gone_is_said(bia, path):
    gone = bia.post(
        f"{path}/fields/4711",
        data={"csrf_token": csrf_token(bia.get(path)), "value": "x"},
        headers={"HX-Request": "true"},
    )
    assert "There is no such field any more." in gone.headers["HX-Trigger"]


def test_consent_is_recorded_with_a_source_and_a_day(bia, path):
    day = (utcnow() - timedelta(days=3)).date().isoformat()
    form = {"kind": "given", "on": day, "proof": "Form of the fair"}
    assert post(bia, path, f"{path}/consents/marketing", **form).location == path
    assert participant(ANA).marketing_consent == "given"
    shown = words(bia.get(path))
    assert "Marketing: Given" in shown
    assert re.search(r"by hand, \S+: “Form of the fair”", shown)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"on": "2999-01-01"}, "still to come"),
        ({"on": ""}, "Say on which day."),
        ({"on": "9999-12-31"}, "still to come"),
        ({"proof": ""}, "Say how it is known"),
        ({"kind": ""}, "Say whether they gave it"),
    ],
)
def test_a_consent_without_source_or_day_is_not_recorded(bia, path, changed, said):
    form = {"kind": "given", "on": "2026-01-05", "proof": "A form", **changed}
    refused = post(bia, path, f"{path}/consents/marketing", **form)
    assert refused.status_code == 422
    assert said in words(refused)
    assert not rows(ConsentEvent)


def test_who_is_blocked_is_said_to_be_and_nothing_can_be_sent(bia, path):
    post(bia, path, f"{path}/block")
    shown = words(bia.get(path))
    assert "Blocked: nobody hears them, and nothing goes out." in shown
    assert "They are blocked: nothing goes out to them." in shown
    assert "Unblock" in shown
    form = {"body": "Hello", "form_key": "a-key-of-a-form"}
    post(bia, path, f"{path}/messages", **form)
    assert "Unblock them first: your text is kept." in words(bia.get(path))
    post(bia, path, f"{path}/block/end")
    assert participant(ANA).blocked_at is None


def test_somebody_is_put_into_a_journey_and_a_stage_and_out_of_it(bia, path):
    version = published(user(BIA), INTRO, GOAL)
    post(bia, path, f"{path}/journey", version_id=version.id)
    assert participant(ANA).journey_version_id == version.id
    post(bia, path, f"{path}/journey/stage", stage="goal")
    ana = participant(ANA)
    assert "goal" in (ana.stage, ana.next_stage)
    post(bia, path, f"{path}/journey/stage", stage="nowhere")
    assert "This is not there any more." in words(bia.get(path))
    post(bia, path, f"{path}/journey", version_id="")
    assert participant(ANA).journey_version_id is None


def test_an_owner_makes_the_fields_and_removes_them_with_what_they_say(caio, ana):
    page = "/participants/fields"
    post(caio, page, page, name="Plano", kind="choice", options="Básico\nCompleto\n")
    field = only(Field)
    assert field.options == ["Básico", "Completo"]
    refused = post(caio, page, page, name="plano", kind="text", options="")
    assert refused.status_code == 422
    assert "There is a field of this name already." in words(refused)
    fields.put(user(BIA), ana, field.id, "Completo")
    assert "It says something of 1 participant" in words(caio.get(f"{page}/{field.id}/removal"))
    post(caio, f"{page}/{field.id}/removal", f"{page}/{field.id}/removal")
    assert not rows(Field)


def test_the_second_of_two_who_choose_a_language_reads_its_name_and_keeps_theirs(bia, caio, path):
    assert post(caio, path, f"{path}/language", language="en", seen="").status_code == 303
    refused = post(bia, path, f"{path}/language", language="pt", seen="")
    assert refused.status_code == 422
    assert "wrote “English” meanwhile" in words(refused)
    form = refused.text.partition(f'action="{path}/language"')[2].partition("</form>")[0]
    assert 'name="seen" value="en"' in form
    assert re.search(r'value="pt" selected', form)
    assert post(bia, path, f"{path}/language", language="pt", seen="en").location == path


def test_what_is_too_long_stands_there_whole(bia, caio, path):
    city = field_list.add("Cidade", "text", (), user(CAIO)).id
    assert "x" * 5000 in post(bia, path, f"{path}/fields/{city}", value="x" * 5000, seen="").text
    page, options = "/participants/fields", "\n".join(f"{n:0500}" for n in range(101))
    refused = post(caio, page, page, name="Plano", kind="choice", options=options)
    assert "At most 100 options." in words(refused)
    assert options in refused.text


def test_who_was_slower_with_a_field_keeps_what_they_typed_and_may_save_again(caio):
    page = "/participants/fields"
    field = field_list.add("Plan", "choice", ("Small", "Large"), user(CAIO)).id
    seen = {"seen.name": "Plan", "seen.options": "Small\r\nLarge"}
    theirs = {"name": "Tariff", "options": "Small\r\nHuge"} | seen
    assert post(caio, page, f"{page}/{field}", **theirs).status_code == 303
    refused = post(caio, page, f"{page}/{field}", name="Plan", options="Small\r\nTiny", **seen)
    assert refused.status_code == 422
    assert "A colleague has changed this meanwhile." in words(refused)
    assert "Small\r\nTiny</textarea>" in refused.text
    assert 'name="seen.name" value="Plan"' in refused.text, "as they had it, and left it"
    assert 'name="seen.options" value="Small\nHuge"' in refused.text
    again = {"name": "Plan", "options": "Small\r\nTiny", "seen.name": "Plan"}
    saved = post(caio, page, f"{page}/{field}", **again, **{"seen.options": "Small\nHuge"})
    assert saved.status_code == 303
    assert (only(Field).name, only(Field).options) == ("Tariff", ["Small", "Tiny"])
