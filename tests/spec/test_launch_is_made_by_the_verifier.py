"""A `Launch` is proof that a message was verified: nobody else in the package may make one."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "lti_tool"


def _makes_launch(node: ast.AST) -> bool:
    """Tell a call of `Launch` or of `claims.Launch`."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name == "Launch"


def test_only_the_verifier_makes_a_launch() -> None:
    makers = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if any(_makes_launch(node) for node in ast.walk(ast.parse(path.read_text())))
    ]

    assert makers == ["lti/launch/verify.py"]


def test_a_launch_does_not_go_by_another_name() -> None:
    renamed = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and any(name.name == "Launch" and name.asname is not None for name in node.names)
    ]

    assert renamed == []
