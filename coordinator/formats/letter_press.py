"""A program's letters, compiled when they are first needed and kept as long as the program is."""

import re
from collections.abc import Mapping
from functools import cached_property
from html import escape
from typing import Any

from jinja2 import Template, TemplateError

from coordinator.core.program import Program
from coordinator.errors import CoordinatorError
from coordinator.formats.letter_jinja import Raw, environment, rendered, without_tag_lines
from coordinator.formats.letter_markdown import Page, make_page, split_values

_KEPT = 4
_MOST_PAGES = 512
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Press:
    """Templates, layout and pages of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._environment = environment()
        self._templates: dict[str, Template] = {}
        self._pages: dict[tuple[str, str], Page] = {}
        self._days: dict[tuple[str, str], str] = {}

    def say(self, text: str, names: Mapping[str, Any], what: str) -> Raw:
        """A Jinja text, filled in. what: the file, for messages."""
        if "{" not in text:
            return Raw(text.strip("\n"))
        template = self._templates.get(text)
        if template is None:
            template = self._templates[text] = self._compiled(text, what)
        return rendered(template, names, what)

    def _compiled(self, text: str, what: str) -> Template:
        try:
            return self._environment.from_string(without_tag_lines(text))
        except TemplateError as error:
            raise CoordinatorError(f"{what}: not a template ({type(error).__name__}) – run coordinator check") from None

    def piece(self, name: str, language: str) -> str:
        """A text of the layout in that language, else in English; "" where the layout has none."""
        layout = self.program.layout
        for tag in (language, language.partition("-")[0], "en"):
            if f"{tag}/{name}" in layout:
                return layout[f"{tag}/{name}"]
        return ""

    def day(self, value: object, language: str) -> object:
        """An ISO date as people say it, anything else as it is."""
        match = _ISO_DAY.fullmatch(value) if isinstance(value, str) else None
        months = self.piece("months", language).split()
        if not match or len(months) != 12 or not 1 <= int(match[2]) <= 12:
            return value
        key = (match[0], language)
        if key not in self._days:
            names = {"day": Raw(int(match[3])), "month": Raw(months[int(match[2]) - 1]), "year": Raw(match[1])}
            self._days[key] = str(self.say(self.piece("day", language), names, "layout.md, day"))
        return self._days[key]

    def page(self, source: str, language: str) -> tuple[Page, list[str]]:
        """The HTML page of a wording, and the values that go into it."""
        skeleton, values = split_values(source)
        page = self._pages.get((skeleton, language))
        if page is None:
            if len(self._pages) >= _MOST_PAGES:
                self._pages.clear()
            page = self._pages[skeleton, language] = make_page(skeleton, self._frame, language, self._title)
        return page, values

    def _frame(self, **parts: str) -> str:
        names = {name: Raw(part) for name, part in parts.items()}
        return rendered(self._html, names, "layout.html")

    @cached_property
    def _html(self) -> Template:
        return self._compiled(self.program.layout["html"], "layout.html")

    @cached_property
    def _title(self) -> str:
        return escape(self.program.title)


_presses: dict[int, Press] = {}


def press_of(program: Program) -> Press:
    """The press of a program; programs are compared by identity, for they are loaded once a run."""
    press = _presses.get(id(program))
    if press is None or press.program is not program:
        if len(_presses) >= _KEPT:
            _presses.clear()
        press = _presses[id(program)] = Press(program)
    return press
