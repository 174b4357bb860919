"""The team's list and threads."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from tests.cast import ANA
from tests.web.people import comes_in, is_reported
from wa_assistant.conversation import attention
from wa_assistant.conversation.reading import PAGE
from wa_assistant.database import transaction, utcnow
from wa_assistant.extensions import db
from wa_assistant.models import Attention, Author, Cancelled, Message, Participant, Status
from wa_assistant.web.shell import labels

pytestmark = pytest.mark.usefixtures("context")

LINK = re.compile(r'<a href="/conversations/(\d+)\??[^"]*"')
NAME = re.compile(r'class="who one-line">([^<]+)<')
BUBBLE = re.compile(r'<article[^>]*id="message-(\d+)"')
OLDER = re.compile(r'href="(/[^"]*[?;]before=[\d-]+)"')
MARKUP = '<script>alert(1)</script><img src=x onerror="alert(1)" hx-get="/x">\'"&amp;'


def people(count: int) -> None:
    """Participants who wrote one after the other, in pairs at the very same moment."""
    now = utcnow()
    rows = [
        {"address": f"whatsapp:+55119{n:08}", "last_activity_at": now - timedelta(minutes=n // 2)}
        for n in range(count)
    ]
    db.session.execute(insert(Participant), rows)
    db.session.commit()


def walk(client, path: str, pattern: re.Pattern[str]) -> list[list[str]]:
    """What `pattern` finds on a page and on the pages of older ones."""
    pages = []
    while path:
        page = client.get(path).text
        pages.append(pattern.findall(page))
        older = OLDER.search(page)
        path = older[1] if older else ""
    return pages


def messages(count: int) -> int:
    participant = Participant(address=ANA, name="Ana")
    db.session.add(participant)
    db.session.flush()
    row = {
        "participant_id": participant.id,
        "direction": "inbound",
        "author": Author.PARTICIPANT,
        "status": Status.RECEIVED,
        "body": "Oi",
    }
    db.session.execute(insert(Message), [row] * count)
    db.session.commit()
    return participant.id


def test_with_nobody_there_the_page_says_so(bia, davi):
    assert "Nobody has written yet." in davi.get("/conversations").text
    assert "/simulator" in bia.get("/conversations/list").text


def test_who_wrote_last_stands_first(bia, client, twilio):
    for number, name in enumerate(("Ana", "Eva", "Ivo", "Eva")):
        comes_in(twilio, client, f"whatsapp:+55119000{ord(name[0])}", f"{number}", ProfileName=name)
    assert NAME.findall(bia.get("/conversations").text) == ["Eva", "Ivo", "Ana"]


def test_pages_of_the_list_follow_each_other_without_a_gap_or_a_repeat(davi):
    people(2 * PAGE + 3)
    pages = walk(davi, "/conversations", LINK)
    assert [len(page) for page in pages] == [PAGE, PAGE, 3]
    found = [int(each) for page in pages for each in page]
    by_activity = db.session.query(Participant.id).order_by(
        Participant.last_activity_at.desc(), Participant.id.desc()
    )
    assert found == [row.id for row in by_activity]


def test_a_page_stays_where_it_is_when_who_stood_at_its_edge_writes(davi):
    people(2 * PAGE + 3)
    first = davi.get("/conversations").text
    older = OLDER.search(first)
    assert older
    before = LINK.findall(davi.get(older[1]).text)
    change = update(Participant).where(Participant.id == int(LINK.findall(first)[-1]))
    db.session.execute(change.values(last_activity_at=utcnow()))
    db.session.commit()
    assert LINK.findall(davi.get(older[1]).text) == before


def test_pages_of_pretended_participants_follow_each_other(bia):
    people(PAGE + 3)
    db.session.execute(update(Participant).values(simulated=True))
    db.session.commit()
    pretended = re.compile(r'href="/simulator/(\d+)"')
    pages = walk(bia, "/simulator", pretended)
    assert [len(page) for page in pages] == [PAGE, 3]
    assert len({each for page in pages for each in page}) == PAGE + 3


def test_a_list_that_fills_its_page_exactly_has_no_older_one(davi):
    people(PAGE)
    assert [len(page) for page in walk(davi, "/conversations", LINK)] == [PAGE]


def test_a_thread_reads_from_the_oldest_down_and_its_pages_follow_each_other(davi):
    participant_id = messages(2 * PAGE + 1)
    pages = walk(davi, f"/conversations/{participant_id}", BUBBLE)
    assert [len(page) for page in pages] == [PAGE, PAGE, 1]
    found = [int(each) for page in reversed(pages) for each in page]
    assert found == sorted(set(found))
    assert len(found) == 2 * PAGE + 1


@pytest.mark.parametrize(
    "path",
    ["/conversations", "/conversations/list", "/conversations/{}", "/conversations/{}/thread"],
)
def test_markup_in_names_and_words_is_shown_and_not_obeyed(
    davi, client, twilio, work, openai, path
):
    openai.reply = lambda body: MARKUP
    comes_in(twilio, client, ANA, MARKUP, ProfileName=MARKUP, MessageType="<b>")
    work()
    page = davi.get(path.format(db.session.query(Participant.id).scalar())).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&amp;amp;" in page


def test_a_link_that_somebody_wrote_opens_beside_the_conversation(davi, client, twilio):
    comes_in(twilio, client, ANA, "see https://example.com/a?b=1&c=%22x and javascript:alert(1)")
    thread = davi.get(f"/conversations/{db.session.query(Participant.id).scalar()}/thread").text
    links = re.findall(r"<a [^>]*_blank[^>]*>", thread)
    assert len(links) == 1
    assert 'href="https://example.com/a?b=1&amp;c=%22x"' in links[0]
    assert 'rel="nofollow noopener noreferrer"' in links[0]
    assert 'target="_blank"' in links[0]


def test_whatsapp_s_marks_are_seen_as_on_the_phone_and_not_in_the_list(davi, client, twilio):
    comes_in(twilio, client, ANA, "Digo *sim*")
    who = db.session.query(Participant.id).scalar()
    thread, listing = (
        davi.get(f"/conversations/{who}/thread").text,
        davi.get("/conversations/list").text,
    )
    assert "Digo <strong>sim</strong>" in thread
    assert "Digo sim" in listing


@pytest.mark.parametrize("name", ["", "   ", "\t\n"])
def test_who_gave_no_name_is_called_by_number(davi, client, twilio, name):
    comes_in(twilio, client, ANA, "Oi", ProfileName=name)
    assert NAME.findall(davi.get("/conversations").text) == ["+55 11 98765-4321"]


def test_who_has_no_number_is_called_by_user_name(davi, client, twilio):
    comes_in(twilio, client, "whatsapp:BR.15", "Oi", ProfileName="")
    assert NAME.findall(davi.get("/conversations").text) == ["BR.15"]


def test_a_message_without_words_says_what_it_is(davi, client, twilio):
    comes_in(twilio, client, ANA, "", MessageType="image", NumMedia="1", MediaUrl0="https://x/1")
    assert "Photo" in davi.get("/conversations").text
    assert "Photo" in davi.get("/conversations/list").text


@pytest.mark.parametrize("number", ["0", "7", "2147483647", "2147483648", "9" * 19, "9" * 300])
@pytest.mark.parametrize("end", ["", "/thread"])
def test_a_conversation_that_is_not_there_is_404(davi, number, end):
    assert davi.get(f"/conversations/{number}{end}").status_code == 404


@pytest.mark.parametrize(
    "before",
    [
        *("", "x", "-1", "0", "7", "2147483648", "9" * 300, "²", "1e9"),
        *("-", "1-", "-1-1", "1-1-1", "1-x", "²-1", "1-2147483648"),
        *("9" * 16 + "-2147483647", "9" * 17 + "-1"),
    ],
)
def test_an_odd_page_is_the_first_one(davi, before):
    participant_id = messages(1)
    for path in ("/conversations", "/conversations/list", f"/conversations/{participant_id}"):
        assert davi.get(path, query_string={"before": before}).status_code == 200


def test_every_state_author_and_call_for_a_person_has_its_words(davi):
    assert set(labels.AUTHORS) == set(Author)
    assert set(labels.ATTENTION) == set(Attention)
    assert set(labels.STATUSES) == set(Status)
    assert set(labels.CANCELLED) == set(Cancelled)


def test_another_reason_is_told_to_open_pages_and_counted_once(davi, client, twilio):
    def told() -> tuple[str, str]:
        page = davi.get("/attention").text
        count, latest = re.findall(r'data-(?:count|latest)="([^"]*)"', page)
        return count, latest

    assert told() == ("0", "")
    comes_in(twilio, client, ANA, "Oi")
    said = []
    for reason in (Attention.NO_MODEL, Attention.NO_MODEL, Attention.NOT_DELIVERED):
        with transaction():
            attention.call(db.session.scalars(select(Participant)).one(), reason)
        said.append(told())
    assert [count for count, _ in said] == ["1", "1", "1"]
    assert said[0] == said[1] < said[2]


def test_a_message_that_did_not_arrive_says_so_and_calls_for_a_person(davi, client, twilio, work):
    comes_in(twilio, client, ANA, "Oi")
    work()
    is_reported(twilio, client, twilio.messages[0].sid, "failed", 63016)
    page = davi.get("/conversations").text
    assert "a message did not arrive" in page
    thread = davi.get(f"/conversations/{LINK.findall(page)[0]}").text
    assert "not delivered" in thread
    assert "more than 24 hours since they last wrote" in thread
    assert "Needs a person" in thread


HTMX = {"HX-Request": "true"}


def test_a_script_that_has_the_list_gets_the_conversation_alone(davi, client, twilio):
    comes_in(twilio, client, ANA, "Oi!", ProfileName="Ana & Bia")
    (path,) = set(re.findall(r'href="(/conversations/\d+)"', davi.get("/conversations").text))
    page, alone = davi.get(path), davi.get(path, headers=HTMX)
    title = "<title>Ana &amp; Bia · WhatsApp assistant</title>"
    assert title in page.text
    assert title in re.sub(r"\s*(</?title>)\s*", r"\1", alone.text)
    for found, is_page in ((page.text, True), (alone.text, False)):
        assert "Oi!" in found
        assert ('id="conversations"' in found, "<html" in found) == (is_page, is_page)
    assert "HX-Request" in alone.headers["Vary"]
    assert alone.headers["Cache-Control"] == "no-store"
    assert davi.get("/conversations/999", headers=HTMX).status_code == 404


def test_and_on_the_way_back_that_none_is_chosen(davi):
    alone = davi.get("/conversations", headers=HTMX).text
    assert "Choose a conversation" in alone
    assert '<h1 class="unseen">Conversations</h1>' in alone
    assert 'id="conversations"' not in alone


def test_of_a_great_many_calls_it_is_said_that_there_are_more(davi):
    people(1001)
    with transaction():
        now = utcnow()
        db.session.execute(update(Participant).values(attention="asked for", attention_at=now))
    found = davi.get("/attention").text
    assert 'data-count="999+"' in found
    assert "999+ need a person" in found
