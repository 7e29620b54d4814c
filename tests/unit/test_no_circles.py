"""No module knows one that knows it, imports for type checking and inside functions included."""

from __future__ import annotations

import ast
from pathlib import Path

import threatpoint

ROOT = Path(threatpoint.__file__).parent


def name(path: Path) -> str:
    """The dotted name of a module's file."""
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name(path): path for path in ROOT.rglob("*.py")}


def imported(module: str) -> set[str]:
    """Modules of the package that a module imports anywhere; all imports are absolute."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & MODULES.keys()
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= parts & MODULES.keys() or {node.module} & MODULES.keys()
    return found


def circles() -> set[frozenset[str]]:
    """Groups of modules of which each reaches each other."""
    reach = {module: imported(module) for module in MODULES}
    for through in MODULES:
        for module, known in reach.items():
            if through in known:
                reach[module] = known | reach[through]
    return {
        frozenset(other for other in known if module in reach[other])
        for module, known in reach.items()
        if module in known
    }


def test_no_module_stands_in_a_circle():
    assert not circles(), sorted(map(sorted, circles()))
