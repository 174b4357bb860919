"""The pages on which owners choose what holds for everybody."""

import re

import pytest

from tests.cast import only, rows
from tests.web.people import csrf_token
from wa_assistant import settings
from wa_assistant.knowledge.search import Thresholds, current_thresholds
from wa_assistant.models import AuditEntry, Role, Setting
from wa_assistant.web.money import limits
from wa_assistant.web.settings.pages import PAGES

PORTUGUESE = {"Accept-Language": "pt-BR"}

pytestmark = pytest.mark.usefixtures("context")


def form(page) -> dict[str, str]:
    """What a browser would send from this page."""
    fields = {"csrf_token": csrf_token(page)}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and (not re.search("checkbox|radio", tag) or "checked" in tag):
            fields[name[1]] = value[1]
    texts = re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page.text)
    selects = re.findall(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL)
    for name, options in selects:
        chosen = re.search(r'value="([^"]*)" selected', options)
        assert chosen
        fields[name] = chosen[1]
    return {**fields, **dict(texts)}


def save(client, path, page=None, leave_out=(), **fields):
    filled = {**form(page or client.get(f"/settings/{path}")), **fields}
    data = {name: value for name, value in filled.items() if name not in leave_out}
    return client.post(f"/settings/{path}", data=data)


def test_a_form_that_is_sent_as_it_came_changes_nothing(caio):
    for page in PAGES.values():
        if page.fields:
            assert save(caio, page.name).status_code == 303
            assert "Nothing was changed." in caio.get(f"/settings/{page.name}").text
    assert rows(Setting) == []


def test_each_setting_stands_on_one_page_or_among_the_limits_or_on_the_overview():
    standing = [name for page in PAGES.values() for name in page.fields]
    assert sorted([*standing, *limits.PAGE.fields, "first_day"]) == sorted(settings.NAMES)


def test_what_is_filled_in_is_saved_and_shown(caio):
    response = save(caio, "company", company="Escola <b>", purpose="Aulas\nde inglês")
    assert response.location == "/settings/company"
    assert "2 settings are saved." in caio.get("/settings/company").text
    page = caio.get("/settings/company", headers=PORTUGUESE).text
    assert 'value="Escola &lt;b&gt;"' in page
    changed = rows(AuditEntry, AuditEntry.action == "changed")
    assert [(each.subject, each.subject_id) for each in changed] == [
        ("setting", "company"),
        ("setting", "purpose"),
    ]


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_still_there(caio):
    wrong = {"privacy_contact": "ana@", "countries": "x" * 301}
    response = save(caio, "privacy", legal_basis="Consent", **wrong)
    assert response.status_code == 422
    assert "Nothing is saved yet." in response.text
    assert "2 fields below need a look." in response.text
    contact = re.search(r'<input[^>]*id="privacy_contact"[^>]*>', response.text)
    assert contact
    assert 'aria-invalid="true"' in contact[0]
    assert 'value="ana@"' in contact[0]
    assert "This is longer than 300 characters." in response.text
    assert 'value="Consent"' in response.text
    assert rows(Setting) == []
    right = {"privacy_contact": "ana@escola.com", "countries": "Brazil"}
    assert save(caio, "privacy", response, **right).status_code == 303
    assert settings.current().legal_basis == "Consent"


def test_a_colleague_s_newer_change_is_shown_and_not_lost(caio, sign_in):
    eva = sign_in("eva@example.com", Role.OWNER)
    hers = eva.get("/settings/company")
    save(caio, "company", company="Escola de Caio", purpose="Aulas")
    refused = save(eva, "company", hers, company="Escola de Eva")
    assert refused.status_code == 422
    assert "caio has changed this meanwhile." in refused.text
    assert 'value="Escola de Eva"' in refused.text
    assert settings.current().company == "Escola de Caio"
    assert save(eva, "company", refused).status_code == 303
    now = settings.current()
    assert (now.company, now.purpose) == ("Escola de Eva", "Aulas")


def test_a_mistake_elsewhere_does_not_hide_that_a_colleague_was_faster(caio, sign_in):
    eva = sign_in("eva@example.com", Role.OWNER)
    hers = eva.get("/settings/privacy")
    save(caio, "privacy", countries="Brasil")
    wrong = save(eva, "privacy", hers, countries="Chile", privacy_contact="eva@")
    again = save(eva, "privacy", wrong, privacy_contact="eva@escola.com")
    assert again.status_code == 422
    assert "caio has changed this meanwhile." in again.text


def undo(client, page, **fields):
    """Press the first button of this page that undoes, with `fields` typed meanwhile."""
    entry = re.search(r'name="entry"\s+value="(\d+)"', page.text)
    assert entry
    return client.post("/settings/undo", data={**form(page), **fields, "entry": entry[1]})


def test_each_change_is_told_and_undone_in_one_click(caio, sign_in):
    page = caio.get("/settings/company").text
    assert "/settings/undo" not in page
    save(caio, "company", company="Escola")
    eva = sign_in("eva@example.com", Role.OWNER)
    save(eva, "company", company="Escola <b>", purpose="Aulas\nde inglês")
    page = caio.get("/settings/company")
    assert "Changed by eva, " in page.text
    assert "<q>Escola</q>" in page.text
    assert "Before: nothing." in page.text
    assert undo(caio, page).location == "/settings/company"
    page = caio.get("/settings/company")
    assert "It is as it was before." in page.text
    assert "<q>Escola &lt;b&gt;</q>" in page.text, "and the way forward is there"
    assert settings.current().company == "Escola"
    entry = rows(AuditEntry, AuditEntry.subject_id == "company")[-1]
    assert (entry.actor, entry.before["value"]) == ("caio@example.com", "Escola <b>")
    assert entry.after["value"] == settings.current().company


def test_what_was_typed_elsewhere_is_kept_when_one_is_undone(caio):
    save(caio, "company", company="Escola")
    page = caio.get("/settings/company")
    shown = undo(caio, page, company="Typed over", purpose="Aulas")
    assert shown.status_code == 200
    assert "It is as it was before." in shown.text
    assert settings.current().company == ""
    assert settings.current().purpose == ""
    assert form(shown)["purpose"] == "Aulas"
    assert save(caio, "company", shown).status_code == 303
    assert settings.current().purpose == "Aulas"


def test_a_colleague_s_newer_change_is_not_undone_unseen(caio, sign_in):
    eva = sign_in("eva@example.com", Role.OWNER)
    save(caio, "company", company="First")
    hers = eva.get("/settings/company")
    save(caio, "company", company="Second")
    refused = undo(eva, hers)
    assert refused.status_code == 422
    assert "caio has changed this meanwhile." in refused.text
    assert settings.current().company == "Second"
    assert undo(eva, eva.get("/settings/company")).status_code == 303
    assert settings.current().company == "First"
    assert undo(eva, hers).status_code == 303, "as she had it before her"
    assert settings.current().company == ""


def test_a_change_of_anything_else_cannot_be_undone_here(caio):
    save(caio, "company", company="Escola")
    token = {"csrf_token": csrf_token(caio.get("/settings/company"))}
    signed_in = rows(AuditEntry, AuditEntry.action != "changed")[0]
    for entry in (0, -1, "x", 2**31, signed_in.id, 2_000_000_000):
        answer = caio.post("/settings/undo", data={**token, "entry": entry})
        assert answer.status_code == 404, entry
    assert settings.current().company == "Escola"


def test_moments_are_shown_in_the_team_s_zone(caio):
    save(caio, "hours", time_zone="Asia/Tokyo")
    tokyo = (only(Setting).updated_at.hour + 9) % 24
    page = caio.get("/settings/hours").text
    shown = re.search(r"Changed by caio, (\d+):(\d+)\s(AM|PM)", page)
    assert shown
    assert int(shown[1]) % 12 == tokyo % 12


def test_thresholds_are_chosen_and_an_empty_field_is_the_model_s_own(caio, bia):
    page = caio.get("/settings/knowledge", headers=PORTUGUESE).text
    own = current_thresholds()
    assert f'placeholder="{str(own.similarity).replace(".", ",")}"' in page
    chosen = {"similarity_threshold": "0,62", "coverage_threshold": "1"}
    assert save(caio, "knowledge", **chosen).status_code == 303
    assert current_thresholds() == Thresholds(0.62, 1.0)
    assert 'value="0.62"' in bia.get("/knowledge/trials").text
    assert save(caio, "knowledge").status_code == 303
    assert current_thresholds() == Thresholds(0.62, 1.0)
    empty = {"similarity_threshold": "", "coverage_threshold": ""}
    assert save(caio, "knowledge", **empty).status_code == 303
    assert current_thresholds() == own
    wrong = {"similarity_threshold": "1.5", "coverage_threshold": "nan"}
    refused = save(caio, "knowledge", **wrong)
    assert refused.status_code == 422
    assert refused.text.count("A number from 0 to 1.") == 2


def test_owners_find_it_and_others_do_not(caio, bia):
    assert 'href="/settings"' in caio.get("/preferences").text
    assert 'href="/settings"' not in bia.get("/preferences").text
    assert caio.get("/settings").location == "/settings/company"


def test_who_is_put_down_while_the_form_is_open_is_told_so_and_saves_nothing(sign_in, caio):
    eva = sign_in("eva@example.com", Role.OWNER)
    page = eva.get("/settings/company")
    sign_in("eva@example.com", Role.EDITOR)  # by a link of her own, which gives a lower role
    refused = save(eva, "company", page, company="Acme")
    assert refused.status_code == 403
    assert "Your role does not allow this." in refused.text
    assert rows(Setting) == []
    assert save(caio, "company", company="Acme").status_code == 303
    assert only(Setting).name == "company"
