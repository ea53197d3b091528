"""How the guards read the code: each check takes a source and yields its faults."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "src" / "zveno"
WRITES = {"create", "save", "update", "delete", "raw", "execute", "executemany"}
WRITES |= {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "select_for_update"}
READS = {"all", "filter", "exclude", "get", "first", "last", "count", "exists", "values", "in_bulk"}
READS |= {"values_list", "order_by", "annotate", "aggregate", "select_related", "prefetch_related"}
READS |= {"pick", "iterator", "earliest", "latest", "distinct", "only", "defer", "union"}
UNSCOPED = {"get_object_or_404", "get_list_or_404", "_default_manager", "_base_manager"}
POSTS = {"require_POST", "does"}
KINDS = {"models", "rules", "actions", "forms", "pages", "rest", "urls", "tasks", "facts"}
KINDS |= {"management", "apps", "templatetags", "migrations", "tests"}
Fault = Iterator[str]


def sources(*kinds: str) -> Iterator[Path]:
    """Yield the files of a kind in all rooms: ``pages.py`` or whatever is in ``pages/``."""
    for kind in kinds:
        yield from sorted([*ROOT.glob(f"*/{kind}.py"), *ROOT.glob(f"*/{kind}/**/*.py")])


def method(node: ast.AST) -> str | None:
    """Return the name of the method that ``node`` calls."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr
    return None


def chain(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the links of ``a.b().c()``, the last first."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        yield node
        node = node.func if isinstance(node, ast.Call) else node.value


def start(node: ast.AST) -> ast.AST:
    """Return what a chain begins with."""
    *_, last = (node, *chain(node))
    return last.value if isinstance(last, ast.Attribute | ast.Subscript) else last


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield every function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def marks(function: ast.FunctionDef) -> set[str]:
    """Return the names of the decorators of a function."""
    found = [getattr(mark, "func", mark) for mark in function.decorator_list]
    return {ast.unparse(mark).split(".")[-1] for mark in found}


def writes(text: str) -> Fault:
    """Find writes where there must be none. What is called on one's own set or dict is no write."""
    for node in ast.walk(ast.parse(text)):
        if method(node) in WRITES and "." in ast.unparse(node).split("(")[0]:
            receiver = ast.unparse(node.func.value)  # type: ignore[attr-defined]
            if "objects" in receiver or "visible_to" in receiver or method(node) != "update":
                yield f"{node.lineno}: {ast.unparse(node)[:80]}"  # type: ignore[attr-defined]


def verbs_outside_of_posts(text: str) -> Fault:
    """Find verbs imported by name, or called where more than a POST is answered.

    A private function may call verbs if all who call it answer nothing but a POST.
    """
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".actions"):
            yield f"{node.lineno}: import the module actions, not {node.names[0].name}"
    known = {function.name: function for function in functions(tree)}
    for function in known.values():
        calls = any(_calls_a_verb(node) for node in ast.walk(function))
        if calls and not _answers_only_posts(function, known):
            yield f"{function.lineno}: {function.name} calls a verb and is no require_POST"


def _answers_only_posts(function: ast.FunctionDef, known: dict[str, ast.FunctionDef]) -> bool:
    if marks(function) & POSTS:
        return True
    callers = [
        other
        for other in known.values()
        if other is not function and function.name in set(_names(other))
    ]
    private = function.name.startswith("_") and bool(callers)
    return private and all(_answers_only_posts(caller, known) for caller in callers)


def _names(function: ast.FunctionDef) -> Iterator[str]:
    yield from (node.id for node in ast.walk(function) if isinstance(node, ast.Name))


def _calls_a_verb(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = node.func.value
    return isinstance(owner, ast.Name) and owner.id == "actions" and node.func.attr[0].islower()


def unscoped_queries(text: str, questions: frozenset[str]) -> Fault:
    """Find queries that do not begin with ``visible_to``, or with a name for one that does."""
    tree = ast.parse(text)
    scoped = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _begins_with_visible_to(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if {getattr(node, "id", None), getattr(node, "attr", None)} & UNSCOPED:
            yield f"{node.lineno}: {ast.unparse(node)}"  # type: ignore[attr-defined]
        if _takes_a_bare_manager(node):
            yield f"{node.lineno}: {ast.unparse(node)}"  # type: ignore[attr-defined]
        if _asks(node, questions) and not _is_scoped(node, scoped):
            yield f"{node.lineno}: {ast.unparse(node)[:80]}"  # type: ignore[attr-defined]


def _takes_a_bare_manager(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
        and node.attr != "visible_to"
    )


def _asks(node: ast.AST, questions: frozenset[str]) -> bool:
    """Whether a database may be asked here; ``get("key")`` asks a mapping, ``get(pk=1)`` does."""
    name = method(node)
    if name == "get" and isinstance(node, ast.Call):
        return not node.args
    return name in READS | questions


def _is_scoped(node: ast.AST, scoped: set[str]) -> bool:
    first = start(node)
    if isinstance(first, ast.Constant | ast.Dict | ast.DictComp | ast.List | ast.ListComp):
        return True
    return _begins_with_visible_to(node) or (isinstance(first, ast.Name) and first.id in scoped)


def _begins_with_visible_to(node: ast.AST) -> bool:
    calls = [part for part in chain(node) if isinstance(part, ast.Call)]
    return bool(calls) and method(calls[-1]) == "visible_to"


MARKUP = {
    r"\bstyle\s*=": "a style of its own",
    r"\son[a-z]+\s*=": "a handler of its own",
    r"<script(?![^>]*\ssrc=)": "a script of its own",
    r"<style\b": "a style sheet of its own",
    r"(?:https?:)?//(?!www\.w3\.org)[a-z0-9-]+\.[a-z]": "another host",
}
TAGS = {
    r"\|safe\b|autoescape off": "text that is not escaped",
    r"(?<!loop)\.(all|count|first|last|exists)\b": "a question to the database",
}
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def template_faults(text: str) -> Fault:
    """Find what a template must not hold."""
    if text.count("\n") > 150:
        yield "more than 150 lines"
    tags = " ".join(TAG.findall(text))
    for rules, part in ((MARKUP, TAG.sub("x", text)), (TAGS, tags)):
        for rule, fault in rules.items():
            for found in re.finditer(rule, part, re.IGNORECASE):
                yield f"{fault}: {part[found.start() : found.end() + 20]!r}"


def system_scopes(text: str) -> Fault:
    """Find who makes row-level security see everything."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"scoped", "reading"}:
            if "SYSTEM" in {ast.unparse(argument) for argument in node.args}:
                yield f"{node.lineno}: {ast.unparse(node)}"


def _is_contents(node: ast.stmt) -> bool:
    """Whether a statement only names what stands elsewhere."""
    named = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return isinstance(node, ast.ImportFrom) or named or told


def lengths(text: str) -> Fault:
    """Find files past 300 lines, but for a table of contents, and functions past 40."""
    tree = ast.parse(text)
    if text.count("\n") > 300 and not all(map(_is_contents, tree.body)):
        yield f"{text.count(chr(10))} lines: make a package"
    for function in functions(tree):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > 40:
            yield f"{function.lineno}: {function.name} has {lines} lines"
