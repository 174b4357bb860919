"""Every figure is defined once; docs/figures.md is made of it."""

import os

import pytest
from flask_babel import force_locale

from tests.structure.source import ROOT
from wa_assistant.insight.figures import Figure

PAGE = ROOT / "docs" / "figures.md"
BEGIN, END = "<!-- made by tests/insight/test_figures.py -->\n", "<!-- end -->\n"


def test_each_has_a_name_of_its_own_and_whole_sentences():
    assert len({figure.slug for figure in Figure}) == len(Figure)
    assert len({str(figure.label) for figure in Figure}) == len(Figure)
    assert all(str(figure.sentence).endswith(".") for figure in Figure)


@pytest.mark.usefixtures("context")
def test_the_page_about_figures_says_what_the_table_says():
    with force_locale("en"):
        rows = [f"| {figure.label} | {figure.sentence} |" for figure in Figure]
    made = "\n".join(["| Figure | What it counts |", "|---|---|", *rows])
    before, rest = PAGE.read_text().split(BEGIN)
    written, after = rest.split(END)
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(f"{before}{BEGIN}\n{made}\n\n{END}{after}")
        return
    assert written.strip() == made, "WRITE_DOCS=1 in the environment of this test writes it anew"
