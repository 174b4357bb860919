"""Routes compiled once for all the applications that the tests make.

Werkzeug compiles each route to code of its own, some hundred of them for every application: with
the garbage that leaves, a quarter of what an average test takes.
"""

from types import MethodType
from typing import Any, ClassVar

from werkzeug.routing import Rule


class RememberedRule(Rule):
    """A route that takes over what an equal one was compiled to."""

    _compiled: ClassVar[dict[tuple[Any, ...], dict[str, Any]]] = {}

    def compile(self) -> None:
        key = (self.rule, self.subdomain, self.merge_slashes, repr(self.defaults))
        if key not in self._compiled:
            before = dict(vars(self))
            super().compile()
            self._compiled[key] = {
                name: value for name, value in vars(self).items() if before.get(name) is not value
            } | {"arguments": self.arguments}
        for name, value in self._compiled[key].items():
            is_bound = isinstance(value, MethodType)
            setattr(self, name, MethodType(value.__func__, self) if is_bound else value)
