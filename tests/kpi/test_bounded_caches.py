"""What a process remembers is bounded: what a file says is never kept for good."""

import ast
from collections.abc import Iterator

from tests.conftest import DATA


def unbounded(tree: ast.Module) -> Iterator[str]:
    """The functions of a module that keep every answer they ever gave: `cache`, `maxsize=None`.

    Not those without arguments, nor those within another function, which go with its run.
    """
    members = [inner for node in tree.body if isinstance(node, ast.ClassDef) for inner in node.body]
    for node in (*tree.body, *members):
        if (
            isinstance(node, ast.FunctionDef)
            and node.args.args
            and any(map(is_kept, node.decorator_list))
        ):
            yield node.name


def is_kept(decorator: ast.expr) -> bool:
    text = ast.unparse(decorator).removeprefix("functools.")
    return text == "cache" or (text.startswith("lru_cache(") and "None" in text)


def test_no_function_remembers_all_that_it_was_ever_asked() -> None:
    root = DATA.parent
    paths = [path for folder in ("kpi", "ui") for path in sorted((root / folder).rglob("*.py"))]
    assert paths
    kept = {
        f"{path.relative_to(root).as_posix()}: {name}"
        for path in paths
        if "cache" in (text := path.read_text("utf-8"))  # few have one: parsing is slow
        for name in unbounded(ast.parse(text))
    }
    assert kept == set()


def test_what_would_grow_is_seen() -> None:
    module = (
        "@cache\ndef a(x): pass\n@cache\ndef b(): pass\n@lru_cache(maxsize=None)\ndef c(x): pass\n"
    )
    module += "@lru_cache(maxsize=9)\ndef d(x): pass\nclass E:\n    @cache\n    def f(self): pass\n"
    assert [*unbounded(ast.parse(module))] == ["a", "c", "f"]
