"""Answers poured into one paragraph, the way people write who do not care for numbers."""

from collections.abc import Sequence

from coordinator.simulate.answers import Said


def paragraph(said: Sequence[Said], language: str) -> str:
    """Every answer as a sentence of its own, in order."""
    return " ".join(_sentence(each, language) for each in said) or _NOTHING.get(language, _NOTHING["en"])


_NOTHING = {"en": "Nothing new from my side.", "es": "Nada nuevo por mi parte."}
_OPENERS = {"they met": "Yes, we met", "they have not met": "No, we have not met yet", "yes": "Yes", "no": "No"}


def _sentence(each: Said, language: str) -> str:
    words = each.words.replace("\n", ", ")
    if language == "en" and each.gist in _OPENERS:
        words = _OPENERS[each.gist]
    elif language == "en" and each.gist.startswith("for "):
        words = f"We talked {each.gist}"
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) else '.'}"
