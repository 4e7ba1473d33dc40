"""Jinja for letters: names, `if` and `for` in a sandbox, with every value marked so that nothing in it is markup.

A value comes out between two private-use characters. The text part drops them; the HTML part takes the value out
before Markdown is read and puts it back, escaped, afterwards. So a name can hold neither markup nor Jinja.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment

from coordinator.errors import CoordinatorError

OPEN, CLOSE, QUICK = "\ue000", "\ue001", "\ue002"
"""Around a value; and where the quick answers go."""
STRIP, END = "\ue003", "\ue004"
"""Around lines that are a picture in the HTML part."""
NUMBERS = "\ue005"
"""Stands for the numbers of questions until all parts of a letter are known."""

CAP = 256 * 1024
"""Longest text of a letter, in characters; nothing that people read comes near."""

PLAIN_FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper")

_SPACED = {ord(c): " " for c in "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"}
_DROPPED = dict.fromkeys(
    [*range(32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE000, 0xE010), 0xFEFF]
)
_CLEAN = {**_DROPPED, **_SPACED}
_MARKS = re.compile(f"[{OPEN}{CLOSE}{QUICK}{STRIP}{END}]")
_TAG_LINE = re.compile(r"^[ \t]*((?:\{%(?:(?!%\})[^\n])*%\}[ \t]*)+)\n", re.MULTILINE)
_GAPS = re.compile(r"\n{3,}")


class Raw(str):
    """Text that is the letter's own, not a value: it may hold Markdown and marked values."""

    __slots__ = ()


def cleaned(value: str) -> str:
    """One line without control, direction and private-use characters."""
    if value.isascii() and value.isprintable():
        return value
    return value.translate(_CLEAN)


def marked(value: object) -> str:
    """What `{{ value }}` prints."""
    match value:
        case Raw():
            return value
        case None:
            return ""
        case list() | tuple():
            value = ", ".join(str(item) for item in value)
    return f"{OPEN}{cleaned(str(value))}{CLOSE}"


def unmarked(text: str) -> str:
    return _MARKS.sub("", text)


def quoted(value: object) -> Raw:
    """Somebody's own words as a block: each line behind `> `, so that nothing in it looks like ours."""
    lines = str(value).replace("\r\n", "\n").split("\n")
    return Raw("\n".join(f"> {OPEN}{cleaned(line)}{CLOSE}" for line in lines))


class _Sandbox(ImmutableSandboxedEnvironment):
    def is_safe_callable(self, _obj: object) -> bool:
        """Nothing is called: a letter has names, `if`, `for` and filters."""
        return False


def environment() -> ImmutableSandboxedEnvironment:
    """No globals, a handful of filters, no loader; an unknown name is an error."""
    env = _Sandbox(  # marks do what autoescape would, for both parts
        undefined=StrictUndefined, autoescape=False, finalize=marked, cache_size=0
    )
    env.globals.clear()
    env.filters = {**{name: FILTERS[name] for name in PLAIN_FILTERS}, "quoted": quoted}
    return env


def without_tag_lines(text: str) -> str:
    """A line that holds nothing but tags leaves no line in the letter; tags inside a line leave it as it is."""
    return _TAG_LINE.sub(r"\1", text)


def rendered(template: Template, names: Mapping[str, Any], what: str) -> Raw:
    """The text of a template. CoordinatorError, naming `what`, when it fails or grows beyond CAP."""
    pieces, size = [], 0
    try:
        for piece in template.generate(names):
            size += len(piece)
            if size > CAP:
                raise CoordinatorError(f"{what}: the letter grows beyond {CAP // 1024} kB")
            pieces.append(piece)
    except (TemplateError, TypeError, ArithmeticError, LookupError) as error:
        # The text of a Jinja error may quote a value; its kind and our place are enough.
        raise CoordinatorError(f"{what}: cannot be filled in ({_harmless(error)})") from None
    return Raw(_GAPS.sub("\n\n", "".join(pieces)).strip("\n"))


def _harmless(error: Exception) -> str:
    name = re.search(r"'(\w+)' is undefined|has no attribute '(\w+)'", str(error))
    return f"unknown name {name[1] or name[2]}" if name else type(error).__name__
