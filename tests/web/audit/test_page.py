"""Owners read the audit as sentences, find in it what they look for, and take it with them."""

import csv
import html
import io
import re
from typing import Any

import pytest

from tests.audit.trail import forced
from tests.cast import ANA, BIA, CAIO, DAVI, acting, known, only, rows
from tests.web import people
from wa_assistant import audit, settings
from wa_assistant.audit.chain import chain
from wa_assistant.audit.reading import PAGE
from wa_assistant.audit.verify import verify
from wa_assistant.database import db, transaction
from wa_assistant.models import Action, AuditEntry, Participant, Role, Subject
from wa_assistant.settings.definitions import NAMES
from wa_assistant.web.audit.export import cell
from wa_assistant.web.audit.setting_names import setting_name
from wa_assistant.web.audit.words import KINDS, SENTENCES

PORTUGUESE = {"Accept-Language": "pt-BR"}


@pytest.fixture
def ana(context) -> int:
    found = known(ANA)
    with transaction():
        db.session.get_one(Participant, found).name = "Ana <Souza>"
    return found


def does(action: Action, subject: Subject, subject_id: int | str = "", **told: Any) -> None:
    with transaction():
        audit.record(acting(BIA), action, subject, subject_id, **told)


def lines(page: str) -> list[str]:
    """The sentences, with what was before and after, as they are read."""
    found = re.findall(r'<li id="entry-.*?</li>', page, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]*>", " ", each)).split()) for each in found]


def test_an_entry_is_a_sentence_with_a_link_to_what_it_was_done_to(caio, ana):
    does(Action.TOOK_OVER, Subject.PARTICIPANT, ana)
    page = caio.get("/audit?who=bia@example.com").text
    (line,) = lines(page)
    assert re.fullmatch(
        r"\d+:\d\d\s[AP]M bia@example.com took over the conversation with Ana <Souza> dashboard",
        line,
    )
    assert f'<a href="/conversations/{ana}">Ana &lt;Souza&gt;</a>' in page
    page = caio.get("/audit?who=bia@example.com", headers=PORTUGUESE).text
    assert "assumiu a conversa com Ana <Souza> painel" in lines(page)[0]


def test_what_is_gone_is_called_as_it_was_then_and_leads_nowhere(caio, context):
    does(Action.DELETED, Subject.DOCUMENT, 7, before={"name": "prices.md"})
    page = caio.get("/audit?what=deleted").text
    assert "deleted the document prices.md" in lines(page)[0]
    assert "/knowledge/documents/7" not in page


def test_settings_and_roles_say_what_was_before_and_is_after(caio, context):
    changed = {"before": {"value": ""}, "after": {"value": "Escola"}}
    does(Action.CHANGED, Subject.SETTING, "company", **changed)
    cap = {"before": {"value": None}, "after": {"value": 12_500_000}}
    does(Action.CHANGED, Subject.SETTING, "cap_day", **cap)
    role = {"before": {"role": "editor"}, "after": {"role": "owner"}}
    does(Action.CHANGED, Subject.USER, DAVI, **role)
    told = lines(caio.get("/audit?who=bia@example.com").text)
    assert "changed the setting “Company name” before: empty → after: Escola" in told[2]
    assert "before: empty → after: US$ 12.50" in told[1].replace("\xa0", " ")
    assert f"changed the user {DAVI} Role: before: editor → after: owner" in told[0]


def test_a_link_that_gives_no_role_says_none(caio, context):
    does(Action.MADE_SIGN_IN_LINK, Subject.USER, DAVI, after={"role": None})
    page = caio.get("/audit?who=bia@example.com").text
    assert "made a sign-in link" in lines(page)[0]
    assert "empty" not in lines(page)[0]


def test_a_rate_is_told_with_its_day_as_days_are_written(caio, context):
    after = {"value": {"currency": "BRL", "rate": "5.40", "day": "2026-11-30"}}
    does(Action.CHANGED, Subject.SETTING, "exchange", before={"value": None}, after=after)
    assert "BRL · 5.4 · 11/30/26" in lines(caio.get("/audit?who=bia@example.com").text)[0]


@pytest.mark.parametrize("what", [*Action])
def test_whatever_can_be_done_has_its_words(what):
    assert str(SENTENCES[what]).startswith("%(who)s")


def test_whatever_it_can_be_done_to_has_its_words():
    assert KINDS.keys() >= {*Subject}
    assert [name for name in NAMES if setting_name(name) == name] == []


def test_what_another_version_wrote_is_told_all_the_same(caio, context):
    does("juggled", "ball", "red")  # type: ignore[arg-type]
    assert ": juggled, ball red" in lines(caio.get("/audit").text)[0]


def test_each_field_of_the_filter_chooses(caio, ana):
    does(Action.TOOK_OVER, Subject.PARTICIPANT, ana)
    does(Action.HANDED_BACK, Subject.PARTICIPANT, ana)
    does(Action.CHANGED, Subject.SETTING, ana)
    with transaction():
        audit.record(acting(DAVI), Action.OPENED, Subject.PARTICIPANT, ana)

    def number(query: str) -> int:
        return len(lines(caio.get(f"/audit?{query}").text))

    assert number(f"who={BIA}") == number(f"who={BIA}%00") == 3
    assert number("what=handed+back") == 1
    assert number("kind=setting") == 1
    assert number(f"id={ana}") == 4
    assert number(f"id={ana}&kind=participant&who={BIA}&what=took+over") == 1
    assert number("id=none") == 0
    today = only(AuditEntry, AuditEntry.action == "opened").created_at.date().isoformat()
    assert number(f"who={BIA}&since=2020-01-01&until=2999-01-01") == 3
    assert number("since=2999-01-01") == number("until=2020-01-01") == 0
    assert number(f"since={today}&until=2020-01-01") == 0


def test_days_are_the_team_s(caio, context):
    does(Action.TOOK_OVER, Subject.PARTICIPANT, 1)
    forced("UPDATE audit_entries SET created_at = '2026-11-30 02:30:00' WHERE actor = :a", a=BIA)

    def number(query: str) -> int:
        return len(lines(caio.get(f"/audit?who={BIA}&{query}").text))

    assert settings.current().time_zone == "America/Sao_Paulo"
    assert number("since=2026-11-29&until=2026-11-29") == 1
    assert number("since=2026-11-30") == number("until=2026-11-28") == 0


@pytest.mark.parametrize("bad", ["yesterday", "2026-13-01", "0000-00-00", "9999-12-31", "1' OR 1"])
def test_what_is_no_date_is_said_to_be_none(caio, bad):
    page = caio.get("/audit", query_string={"until": bad})
    assert page.status_code == 200
    assert "This is no date." in page.text


def test_days_that_end_before_they_begin_are_said_to(caio, context):
    does(Action.TOOK_OVER, Subject.SETTING, "x1")
    page = caio.get("/audit", query_string={"since": "2026-01-02", "until": "2026-01-01"}).text
    assert "This is before the first day." in page
    assert lines(page) == []
    page = caio.get("/audit", query_string={"since": "2026-01-01", "until": "2026-01-01"}).text
    assert "This is before the first day." not in page


def test_pages_follow_each_other_without_a_gap_whatever_comes_meanwhile(caio, context):
    for number in range(PAGE + 3):
        does(Action.TOOK_OVER, Subject.SETTING, f"x{number}")
    first = caio.get("/audit?what=took+over").text
    does(Action.TOOK_OVER, Subject.SETTING, "late")
    (older,) = re.findall(r'href="(/audit[^"]*)"[^>]*rel="next"', first)
    second = caio.get(html.unescape(older)).text
    shown = [re.findall(r"x\d+", line)[0] for line in lines(first) + lines(second)]
    assert shown == [f"x{number}" for number in reversed(range(PAGE + 3))]
    assert 'rel="next"' not in second
    assert caio.get("/audit?before=nonsense").status_code == 200


def test_it_says_until_when_it_was_verified_and_what_is_broken(caio, context):
    assert "sealed within a minute" in caio.get("/audit").text
    chain()
    verify()
    entries = len(rows(AuditEntry))
    assert f"{entries} entries, none changed or missing" in caio.get("/audit").text
    forced("UPDATE audit_entries SET actor = 'eva' WHERE position = 2")
    verify()
    page = caio.get("/audit").text
    assert "Entry 2 of the audit is not as it was written." in page
    assert "none changed or missing" not in page


def exported(client, **fields) -> list[list[str]]:
    response = people.submit(client, "/audit", "/audit/export", **fields)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith('attachment; filename="audit-')
    assert response.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))


def test_an_export_holds_what_was_chosen_and_is_itself_in_the_audit(caio, ana):
    does(Action.TOOK_OVER, Subject.PARTICIPANT, ana, before={"taken_over_by": "é"})
    does(Action.HANDED_BACK, Subject.PARTICIPANT, ana)
    chain()
    head, *found = exported(caio, what="took over", who="")
    assert head[:4] == ["position", "id", "created_at", "actor"]
    entry = only(AuditEntry, AuditEntry.action == "took over")
    assert found == [
        [
            *(str(entry.position), str(entry.id), entry.created_at.isoformat(), BIA, "took over"),
            *("participant", str(ana), '{"taken_over_by": "é"}', "", "dashboard", "", entry.hash),
        ]
    ]
    made = only(AuditEntry, AuditEntry.action == Action.EXPORTED)
    assert (made.actor, made.subject, made.after) == (CAIO, "audit", {"what": "took over"})
    assert f"{made.id}" in [line[1] for line in exported(caio)]


def test_a_long_export_comes_by_parts_and_oldest_first(caio, context, monkeypatch):
    monkeypatch.setattr("wa_assistant.audit.reading.AT_ONCE", 2)
    for number in range(5):
        does(Action.TOOK_OVER, Subject.SETTING, f"x{number}")
    found = exported(caio, what="took over")
    assert [line[6] for line in found[1:]] == [f"x{number}" for number in range(5)]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_nothing_in_an_export_is_a_formula(begins):
    assert cell(f"{begins}HYPERLINK(1)") == f"'{begins}HYPERLINK(1)"
    assert cell("a=1") == "a=1"


def test_what_cannot_be_written_down_is_not_exported(make_app, databases, disk):
    url = databases.clean("sqlite", disk.path / "wa_assistant.sqlite3")
    app = make_app(DATABASE_URL=url, PROPAGATE_EXCEPTIONS=False)
    caio = people.signed_in(app, CAIO, Role.OWNER)
    token = people.csrf_token(caio.get("/audit"))
    disk.fill()
    response = caio.post("/audit/export", data={"csrf_token": token})
    assert response.status_code >= 500
    assert CAIO not in response.text


def test_owners_come_to_it_from_the_pages_about_the_team(caio, davi):
    assert 'href="/audit"' in caio.get("/team/roles").text
    assert 'href="/audit"' not in davi.get("/team/roles").text
    assert 'href="/audit' in caio.get("/settings/company").text
