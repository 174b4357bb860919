"""What gunicorn says goes where the product's own log does, in its form."""

from typing import Any

from gunicorn.glogging import Logger

import config as configuration
from wa_assistant import logs


class Log(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        settings = configuration.load()
        logs.set_up(settings.LOG_LEVEL, settings.LOG_FORMAT, settings.secrets)
        self.error_log.propagate = True
