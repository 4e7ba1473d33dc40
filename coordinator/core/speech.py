"""Sentences that the program says by itself, from the tables of `templates/words/`, in a reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coordinator.core.chapter import Chapter
from coordinator.core.hours import on_day, when
from coordinator.core.records import Participant


@dataclass(frozen=True, kw_only=True)
class Speech:
    """One reader's language and clock. words: language → tables, as a program holds them."""

    words: Mapping[str, Mapping[str, Any]]
    language: str
    zone: str

    def say(self, table: str, sentence: str, /, **values: object) -> str:
        """A sentence of a table; in English where the language lacks it, and its bare key where nobody wrote it."""
        own = self.words.get(self.language.split("-")[0], {}).get(table, {})
        text = own.get(sentence) or self.words.get("en", {}).get(table, {}).get(sentence, sentence)
        said = {name: on_day(value, self.language) if type(value) is date else value for name, value in values.items()}
        return str(text).format(**said)

    def word(self, table: str, key: str) -> str:
        """The first phrase under a key of a table of phrases: how the program itself would write it."""
        for language in (self.language.split("-")[0], "en"):
            phrases = self.words.get(language, {}).get(table, {}).get(key)
            if phrases:
                return str(phrases[0] if isinstance(phrases, list | tuple) else phrases)
        return key

    def day(self, instant: datetime) -> str:
        """Such as "Tue 14 April 2026"."""
        return when(instant, self.zone, self.language).partition(",")[0]

    def hour(self, instant: datetime) -> str:
        """Such as "Tue 14 April 2026, 12:00 (Berlin)"."""
        return when(instant, self.zone, self.language)


def speech_for(words: Mapping[str, Mapping[str, Any]], chapter: Chapter, reader: Participant) -> Speech:
    return Speech(words=words, language=reader.language or chapter.language, zone=reader.timezone or chapter.timezone)
