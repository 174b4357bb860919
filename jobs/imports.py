from wa_assistant.knowledge.golden import run as measure
from wa_assistant.knowledge.prepare import process as prepare
from wa_assistant.knowledge.reindex import go_on as reindex
from wa_assistant.knowledge.search import lay_out_part as lay_out
from wa_assistant.operations.importing.work import take_in

__all__ = ["lay_out", "measure", "prepare", "reindex", "take_in"]
