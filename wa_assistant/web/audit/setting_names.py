"""What each setting is called where it is not beside its field."""

from flask_babel import lazy_gettext as _l

from ..money.labels import CAPS

SETTINGS = {
    "company": _l("Company name"),
    "purpose": _l("What the assistant is for"),
    "privacy_contact": _l("Contact for privacy"),
    "countries": _l("Countries that process the data"),
    "retention": _l("How long data is kept"),
    "legal_basis": _l("Legal basis"),
    "hours": _l("When the team is there"),
    "closed_dates": _l("Days on which nobody is there"),
    "time_zone": _l("Time zone"),
    "newcomers_journey": _l("Newcomers"),
    "similarity_threshold": _l("Similarity from"),
    "coverage_threshold": _l("Share of words from"),
    "exchange": _l("Currency"),
    "cheaper_model": _l("Cheaper model"),
    **{str(cap): words for cap, words in CAPS.items()},
}
