"""Every page of the settings, in their order: which settings belong to which stands here alone."""

from flask_babel import lazy_gettext as _l

from . import assistant, connections, hours, knowledge, money, newcomers, privacy
from .page import PLAIN, Page

COMPANY = Page(
    "company",
    _l("Company"),
    _l("Who participants are talking to. What is empty is said in neutral words."),
    {"company": PLAIN, "purpose": PLAIN},
)
ORDER = (
    COMPANY,
    assistant.PAGE,
    hours.PAGE,
    newcomers.PAGE,
    knowledge.PAGE,
    privacy.PAGE,
    money.PAGE,
    connections.PAGE,
)
PAGES = {page.name: page for page in ORDER}
