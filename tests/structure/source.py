"""Our own source, read without running it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("wa_assistant", "jobs", "deploy")


@dataclass(frozen=True)
class Import:
    """`where` (dotted, a package without its __init__) imports `what` (dotted, with the name)."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where} imports {self.what}"


@cache
def modules() -> dict[str, ast.Module]:
    paths = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
    return {_dotted(path): ast.parse(path.read_text()) for path in paths}


@cache
def imports() -> tuple[Import, ...]:
    return tuple(
        Import(where, what)
        for where, tree in modules().items()
        for node in ast.walk(tree)
        for what in _imported(node, where)
    )


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function called `name`, with the module it stands in."""
    for where, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name == _called(node.func):
                yield where, node


def files(*suffixes: str) -> list[Path]:
    """Every file of ours with one of these suffixes, the tests' included."""
    folders = (*PACKAGES, "templates", "static", "tests")
    found = [path for name in folders for path in sorted((ROOT / name).rglob("*"))]
    found += sorted(ROOT.glob("*.py"))
    hidden = {"__pycache__", ".node", "node_modules"}
    return [path for path in found if path.suffix in suffixes and not hidden & set(path.parts)]


def _called(function: ast.expr) -> str:
    """The last name of what is called, where it has one."""
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(node: ast.AST, where: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = _base(where, node.level) if node.level else []
    module = ".".join([*base, *([node.module] if node.module else [])])
    return [f"{module}.{alias.name}" for alias in node.names]


def _base(where: str, level: int) -> list[str]:
    parts = where.split(".")
    is_package = (ROOT / Path(*parts) / "__init__.py").exists()
    return parts[: len(parts) - level + is_package]
