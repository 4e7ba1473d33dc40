"""Checks the Jinja of a letter without running it: every name, on every branch, with its line."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from coordinator.formats.letter_context import MAYBE, Shape
from coordinator.formats.letter_jinja import environment
from coordinator.programs.mistakes import mistake, suggestion, unknown

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.If,
    nodes.For, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
    nodes.Concat, nodes.Tuple, nodes.List, nodes.Keyword,
)  # fmt: skip
_LOOP: Mapping[str, Shape] = dict.fromkeys(("index", "index0", "first", "last", "length", "revindex"))
_DEEPEST = 2


class _Anything(dict[str, Any]):
    """What stands where a mistake was told already: whatever follows is not told again."""

    def __contains__(self, _name: object) -> bool:
        return True

    def __getitem__(self, _name: str) -> "Shape":
        return self


_ANYTHING = _Anything()
_KEPT_SHAPE = ("default", "trim", "lower", "upper")


@dataclass(frozen=True, kw_only=True)
class _Scope:
    """names: what may be said here. sure: names known to hold something here. place: file; first: its first line."""

    names: Mapping[str, Shape]
    sure: frozenset[str]
    place: str
    first: int
    depth: int = 0

    def at(self, node: nodes.Node) -> str:
        return f"{self.place}:{self.first + node.lineno - 1}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return environment()


_is_trusted = ContextVar("_is_trusted", default=False)


@contextmanager
def trusted() -> Iterator[None]:
    """In here every text counts as sound: it was checked before, and has not changed."""
    before = _is_trusted.set(True)
    try:
        yield
    finally:
        _is_trusted.reset(before)


def check(text: str, names: Mapping[str, Shape], shown: str, first: int, found: list[str]) -> None:
    """Notes what is wrong in a text whose first line is line `first` of the file `shown`."""
    if _is_trusted.get():
        return
    _check_links(text, shown, first, found)
    if "{" not in text:
        return
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        fault = f"not a template: {_terse(error.message or '')}"
        way_out = "look for {{ }} and {% %} that do not match"
        found.append(mistake(f"{shown}:{first + error.lineno - 1}", fault, way_out))
        return
    _walk(tree, _Scope(names=names, sure=frozenset(), place=shown, first=first), found)


def _terse(message: str) -> str:
    return message.partition(" Jinja was looking")[0].rstrip(".")


def _check_links(text: str, shown: str, first: int, found: list[str]) -> None:
    """A link to what a person wrote could lead anywhere; addresses stand in the open."""
    for number, line in enumerate(text.split("\n"), first):
        target = line.partition("](")[2].partition(")")[0]
        if "{{" in target:
            found.append(mistake(f"{shown}:{number}", "a link to a value", "write the value itself: {{ … }}"))


def _walk(node: nodes.Node, scope: _Scope, found: list[str]) -> Shape:
    """Checks a node and everything below; gives the shape of what it stands for."""
    match node:
        case nodes.Name():
            return _name(node, scope, found)
        case nodes.Getattr():
            return _inside(node, node.attr, _walk(node.node, scope, found), scope, found)
        case nodes.Getitem():
            return _item(node, _walk(node.node, scope, found), scope, found)
        case nodes.Filter():
            return _filter(node, scope, found)
        case nodes.For():
            _loop(node, scope, found)
        case nodes.If() | nodes.CondExpr():
            _branches(node, scope, found)
        case nodes.And():
            _walk(node.left, scope, found)
            _walk(node.right, _knowing(scope, node.left), found)
        case _ if isinstance(node, _ALLOWED):
            _below(node, scope, found)
        case _:
            what = type(node).__name__.lower()
            fault = f"{what} has no place in a letter"
            found.append(mistake(scope.at(node), fault, "names, if and for are all there is"))
    return None


def _below(node: nodes.Node, scope: _Scope, found: list[str]) -> None:
    if isinstance(node, nodes.Test) and node.name not in _environment().tests:
        found.append(unknown(scope.at(node), "test", node.name, ("defined", "none")))
    for child in node.iter_child_nodes():
        _walk(child, scope, found)


def _name(node: nodes.Name, scope: _Scope, found: list[str]) -> Shape:
    if node.name in scope.names:
        return scope.names[node.name]
    found.append(mistake(scope.at(node), f'no name "{node.name}"', suggestion(node.name, scope.names)))
    return _ANYTHING


def _inside(node: nodes.Expr, attr: str, shape: Shape, scope: _Scope, found: list[str]) -> Shape:
    """What stands under a dot."""
    owner = getattr(node, "node", None)
    if isinstance(shape, Mapping) and attr in shape:
        if isinstance(owner, nodes.Name) and owner.name in MAYBE - scope.sure:
            fault = f'"{owner.name}" may hold nothing here'
            found.append(mistake(scope.at(node), fault, f"put it between {{% if {owner.name} %}} and {{% endif %}}"))
        result: Shape = shape[attr]
        return result
    inside = shape if isinstance(shape, Mapping) else ()
    fault = f'no name "{_spelled(owner)}.{attr}"'
    found.append(mistake(scope.at(node), fault, suggestion(attr, inside) or "it holds no names"))
    return _ANYTHING


def _spelled(node: Any) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    return f"{_spelled(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else "…"


def _item(node: nodes.Getitem, shape: Shape, scope: _Scope, found: list[str]) -> Shape:
    key = node.arg
    if isinstance(key, nodes.Const) and isinstance(key.value, str):
        return _inside(node, key.value, shape, scope, found)
    _walk(key, scope, found)
    return _element(shape)


def _element(shape: Shape) -> Shape:
    """The shape of one item of a list; None where it is no list."""
    item: Shape = shape[0] if isinstance(shape, Sequence) else None
    return item


def _filter(node: nodes.Filter, scope: _Scope, found: list[str]) -> Shape:
    if node.name not in _environment().filters:
        found.append(unknown(scope.at(node), "filter", node.name, _environment().filters))
    for child in (*node.args, *node.kwargs):
        _walk(child, scope, found)
    shape = _walk(node.node, scope, found) if node.node else None
    if node.name in ("first", "last"):
        return _element(shape)
    return shape if node.name in _KEPT_SHAPE else None


def _loop(node: nodes.For, scope: _Scope, found: list[str]) -> None:
    shape = _walk(node.iter, scope, found)
    if scope.depth >= _DEEPEST:
        found.append(mistake(scope.at(node), "loops inside loops inside loops", "two deep is enough"))
    if node.recursive or not isinstance(node.target, nodes.Name):
        found.append(mistake(scope.at(node), "a loop has one name", "write {% for goal in goals %}"))
        return
    if not isinstance(shape, Sequence) and shape is not _ANYTHING:
        found.append(mistake(scope.at(node), f'"{_spelled(node.iter)}" is no list', "loop over a list such as goals"))
    names = {**scope.names, node.target.name: _element(shape), "loop": _LOOP}
    inner = replace(scope, names=names, depth=scope.depth + 1)
    for child in (*node.body, *([node.test] if node.test else [])):
        _walk(child, inner, found)
    for child in node.else_:
        _walk(child, scope, found)


def _branches(node: nodes.If | nodes.CondExpr, scope: _Scope, found: list[str]) -> None:
    _walk(node.test, scope, found)
    yes = _knowing(scope, node.test)
    if isinstance(node, nodes.CondExpr):
        _walk(node.expr1, yes, found)
        if node.expr2:
            _walk(node.expr2, scope, found)
        return
    for child in node.body:
        _walk(child, yes, found)
    for child in (*node.elif_, *node.else_):
        _walk(child, scope, found)


def _knowing(scope: _Scope, test: nodes.Node) -> _Scope:
    """The scope where that test holds."""
    return replace(scope, sure=scope.sure | frozenset(_held(test)))


def _held(test: nodes.Node) -> Iterator[str]:
    """Names that hold something wherever the test is true."""
    match test:
        case nodes.Name():
            yield test.name
        case nodes.And():
            yield from _held(test.left)
            yield from _held(test.right)
