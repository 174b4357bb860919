"""The search over everything, as a page and for the field that opens on any page."""

import re

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, DAVI, known, participant, write
from tests.web import people
from wa_assistant.conversation.full_text import finding
from wa_assistant.database import db, transaction
from wa_assistant.models import Message, Note, Participant, Role, User

FIELD = {"HX-Request": "true"}


@pytest.fixture
def davi(app):
    return people.signed_in(app, DAVI, Role.VIEWER)


def words(response) -> str:
    text = re.sub(r"<(?!/?mark)[^>]+>", " ", response.text.partition("<main")[2] or response.text)
    return re.sub(r"\s+", " ", text)


@pytest.mark.usefixtures("context")
def test_a_hit_stands_in_its_line_with_its_words_marked_and_leads_to_it(davi):
    write(ANA, "Quais são os preços do curso?", ProfileName="Ana Beatriz")
    write(BRUNO, "Bom dia", ProfileName="Bruno")
    page = davi.get("/search?q=preço+curso")
    assert "Quais são os <mark>preços</mark> do <mark>curso</mark>?" in page.text
    assert "Ana Beatriz" in words(page)
    assert "Bruno" not in words(page)
    with db.session.no_autoflush:
        said = db.session.query(Message).filter_by(participant_id=participant(ANA).id).one()
    address = f"/conversations/{said.participant_id}?at={said.id}#message-{said.id}"
    assert f'href="{address}"' in page.text
    assert davi.get(address).status_code == 200


@pytest.mark.usefixtures("context")
def test_what_somebody_wrote_stays_text(davi):
    write(ANA, "<script>alert(1)</script> preço & <b>", ProfileName="<i>Ana</i>")
    page = davi.get("/search?q=preco+script")
    assert "<mark>script</mark>&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert "<i>Ana" not in page.text
    assert "&lt;b&gt;" in page.text


@pytest.mark.usefixtures("context")
def test_people_are_found_by_name_and_number_beside_what_they_said(davi):
    write(ANA, "Aqui é a Bia", ProfileName="Ana Beatriz")
    write(BRUNO, "Ana mandou", ProfileName="Bruno")
    page = words(davi.get("/search?q=ana"))
    assert page.index("People") < page.index("Ana Beatriz") < page.index("Messages")
    assert "<mark>Ana</mark> mandou" in page
    assert "Ana Beatriz" in words(davi.get("/search?q=98765"))


@pytest.mark.usefixtures("context")
def test_who_is_pretended_is_found_only_where_they_are_asked_for(davi):
    write(ANA, "preço", ProfileName="Ana")
    with transaction():
        participant_id = participant(ANA).id
        db.session.connection().exec_driver_sql(
            f"UPDATE participants SET simulated = true WHERE id = {participant_id}"
        )
    for asked in ("preço", "ana"):
        page = davi.get(f"/search?q={asked}")
        assert "Nothing has all of these words." in words(page)
        assert "Look among those who are simulated" in words(page)
        assert "Ana" in words(davi.get(f"/search?q={asked}&simulated=yes"))


@pytest.mark.usefixtures("context")
def test_many_hits_are_on_pages_and_none_is_skipped(davi):
    for number in range(finding.PAGE + 2):
        write(ANA, f"curso {number}")
    first = davi.get("/search?q=curso")
    older = re.search(r'href="(/search[^"]*before=[^"]*)"', first.text)
    assert older
    second = davi.get(older[1].replace("&amp;", "&"))
    seen = [re.findall(r"#message-(\d+)", each.text) for each in (first, second)]
    assert [len(each) for each in seen] == [finding.PAGE, 2]
    assert not set(seen[0]) & set(seen[1])
    assert "Newest" in words(second)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "q=%22", "q=" + "x" * 5000, "q=a&before=abc", "q=a&before=0"]
)
def test_whatever_is_asked_is_answered(davi, query):
    assert davi.get(f"/search?{query}").status_code == 200
    assert davi.get(f"/search?{query}", headers=FIELD).status_code == 200


@pytest.mark.usefixtures("context")
def test_the_field_is_given_what_was_found_alone(davi):
    for number in range(20):
        write(ANA, f"curso {number}")
    few = davi.get("/search?q=curso", headers=FIELD)
    assert "<html" not in few.text
    assert few.text.count("#message-") == 8
    assert "Everything that was found" in few.text
    assert "9 found" not in few.text
    assert "8 found" in few.text


def test_pages_are_found_by_their_names_as_far_as_one_may_open_them(app, davi):
    caio = people.signed_in(app, CAIO, Role.OWNER)
    assert 'href="/settings/hours"' in caio.get("/search?q=hou", headers=FIELD).text
    assert "/settings/hours" not in davi.get("/search?q=hou", headers=FIELD).text
    assert 'href="/preferences"' in davi.get("/search?q=prefer", headers=FIELD).text
    assert 'href="/knowledge"' in davi.get("/search", headers=FIELD).text


@pytest.mark.usefixtures("context")
def test_of_many_people_some_are_shown_and_the_rest_is_one_press_away(davi):
    for number in range(7):
        known(f"whatsapp:+551191234567{number}")
    page = davi.get("/search?q=551191234567").text
    assert page.count('href="/conversations/') == 6
    assert 'href="/participants?q=551191234567"' in page
    few = davi.get("/search?q=551191234567", headers=FIELD).text
    assert "Everything that was found" in few
    alone = davi.get("/search?q=5511912345671").text
    assert "/participants?q=" not in alone


def test_what_is_done_with_participants_is_found_by_its_name_by_who_may_do_it(app, davi):
    caio = people.signed_in(app, CAIO, Role.OWNER)
    for asked, page in (("imp", "import"), ("export", "export"), ("add", "new")):
        link = f'href="/participants/{page}"'
        assert link in caio.get(f"/search?q={asked}").text
        assert link not in davi.get(f"/search?q={asked}").text


def test_who_is_not_signed_in_finds_nothing(app):
    assert app.test_client().get("/search?q=curso").location.startswith("/sign-in")


@pytest.mark.usefixtures("context")
def test_each_page_asks_the_database_as_often_however_much_was_said(davi, statements):
    write(ANA, "curso")
    davi.get("/search?q=curso")
    statements.clear()
    davi.get("/search?q=curso")
    once = len(statements)
    for number in range(10):
        write(ANA, f"curso {number}")
    statements.clear()
    davi.get("/search?q=curso")
    assert len(statements) == once <= 25


def test_all_keys_stand_on_a_page_and_can_be_switched_off(app):
    bia = people.signed_in(app, BIA, Role.EDITOR)
    page = bia.get("/keyboard")
    assert "Take over" in words(page)
    assert "data-keys" in page.text
    kept = {"language": "", "theme": ""}
    assert people.submit(bia, "/preferences", "/preferences", **kept).status_code == 303
    assert "data-keys" not in bia.get("/keyboard").text
    assert "switched off" in words(bia.get("/keyboard"))
    people.submit(bia, "/preferences", "/preferences", **kept, keys="yes")
    assert "data-keys" in bia.get("/keyboard").text


@pytest.mark.usefixtures("context")
def test_notes_stand_apart_and_lead_to_their_line(app, davi):
    write(ANA, "preço", ProfileName="Ana")
    people.signed_in(app, BIA, Role.EDITOR)
    with transaction():
        bia = db.session.query(User).filter_by(email=BIA).one().id
        ana = db.session.query(Participant).one().id
        for number in range(5):
            given = {"participant_id": ana, "user_id": bia, "form_key": str(number)}
            db.session.add(Note(**given, body=f"Preço {number} dito"))
    page = davi.get("/search?q=preços")
    assert words(page).index("Notes") < words(page).index("Messages")
    found = re.findall(r'href="/conversations/\d+\?note=(\d+)#note-(\d+)"', page.text)
    assert len(found) == 3
    older = re.search(r'href="(/search[^"]*note=[^"]*)"', page.text)
    assert older
    rest = davi.get(older[1].replace("&amp;", "&")).text
    assert len(re.findall(r"#note-\d+", rest)) == 2
    assert "#message-" not in rest
