"""Each alert opens, is told once, and is resolved by itself: with real figures and e-mails."""

import pytest

from tests.cast import CAIO, only, rows
from wa_assistant.models import (
    Alert,
    AlertType,
)

from .alert_cases import (
    CASES,
    calm_passes,
    certificate_is_renewed,
    certificate_runs_out,
    look,
)
from .alert_cases import caio as caio

pytestmark = pytest.mark.usefixtures("context", "engine")


@pytest.mark.parametrize(
    ("type_", "begins", "ends", "words"), CASES, ids=[each[0].value for each in CASES]
)
def test_each_is_opened_told_once_and_resolved_by_itself(
    mail, work, monkeypatch, type_, begins, ends, words
):
    look(type_)
    assert rows(Alert) == [], "with nothing wrong nothing is told"
    begins(monkeypatch)
    look(type_)
    look(type_)
    alert = only(Alert)
    assert (alert.type, alert.resolved_at) == (type_, None)
    if type_ != AlertType.QUEUE:
        work()
        (letter,) = mail.taken
        assert letter["To"] == CAIO
        assert words in letter.get_content()
        assert "/alerts" in letter.get_content()
    ends(monkeypatch)
    look(type_)
    assert only(Alert).resolved_at is None, "it may come back in a moment"
    calm_passes()
    look(type_)
    assert only(Alert).resolved_at is not None
    work()
    assert mail.taken[-1]["Subject"].startswith("Resolved: ")
    look(type_)
    assert len(rows(Alert)) == 1


@pytest.mark.environment(PUBLIC_URL="https://assistant.example.com")
def test_a_certificate_that_runs_out_is_told(mail, work):
    certificate_runs_out(None)
    look(AlertType.CERTIFICATE)
    work()
    assert "in 13 days" in mail.taken[-1].get_content()
    certificate_is_renewed(None)
    look(AlertType.CERTIFICATE)
    calm_passes()
    look(AlertType.CERTIFICATE)
    assert only(Alert).resolved_at is not None
