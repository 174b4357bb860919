"""Amounts and numbers as owners write them."""

import pytest
from flask_babel import force_locale

from wa_assistant.settings import definitions
from wa_assistant.settings.problem import Problem


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("12.50", 12_500_000),
        ("12,50", 12_500_000),
        ("US$ 3", 3_000_000),
        ("0,000001", 1),
        ("0", 0),
        ("1.234,50", 1_234_500_000),
        ("", None),
        (5, 5),
    ],
)
def test_money_is_kept_in_micro_dollars(written, kept):
    assert definitions.money(written) == kept
    assert definitions.money(definitions.stored(kept)) == kept


@pytest.mark.parametrize("written", ["-1", "ten", "1000001", "1e6", "nan", "12.50.3", "0.0000001"])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(Problem):
        definitions.money(written)


@pytest.mark.parametrize(
    ("written", "kept"), [("200", 200), ("2.000.000", 2_000_000), ("1 000", 1000), ("", None)]
)
def test_a_number_may_have_its_thousands_apart(written, kept):
    assert definitions.count(written) == kept


@pytest.mark.parametrize("written", ["-5", "1.5", "many", "10000000000"])
def test_what_is_no_whole_number_is_refused(written):
    with pytest.raises(Problem):
        definitions.count(written)


@pytest.mark.parametrize(
    ("setting", "bounds"),
    [("answer_tokens", "de 100 a 4.000"), ("cap_day", "de 0 a 1.000.000")],
)
def test_what_is_refused_names_its_bounds_as_the_language_writes_them(context, setting, bounds):
    with force_locale("pt_BR"), pytest.raises(Problem) as refused:
        definitions.READ[setting]("-1")
    with force_locale("pt_BR"):
        assert bounds in str(refused.value.words)
