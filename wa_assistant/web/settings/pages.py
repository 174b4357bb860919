"""Every page of the settings, in their order."""

from . import (
    alerts,
    assistant,
    company,
    connections,
    conversations,
    hours,
    knowledge,
    money,
    newcomers,
    privacy,
)

ORDER = (
    company.PAGE,
    assistant.PAGE,
    hours.PAGE,
    newcomers.PAGE,
    conversations.PAGE,
    knowledge.PAGE,
    privacy.PAGE,
    money.PAGE,
    alerts.PAGE,
    connections.PAGE,
)
PAGES = {page.name: page for page in ORDER}
