"""A program that loads whatever is broken, so that a call for help is read and answered until somebody mends it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from coordinator.core.program import Program, Prompt
from coordinator.errors import ConfigurationError
from coordinator.programs.folders import chain
from coordinator.programs.loading import load_program, words
from coordinator.programs.settings import settings

BASE = "base"
KEPT = ("title", "help_hours")
"""Settings of the broken program that letters about help tell, where they can still be read."""
CALLS = {"help": ["help", "ayuda", "hilfe", "aide", "aiuto", "ajuda"], "safety": ["kill myself", "want to die"]}
LAYOUT = {
    "html": "<!doctype html><title>{{ title }}</title>{{ body }}{{ footer }}",
    "en/frame": "{{ letter }}\n\n{{ chapter.sender_name }}\n\n---\n\nRef: {{ ref }}",
}
PLAIN = {
    "help-alert": (
        "Urgent: {{ who.name }} asks for help",
        (
            "{{ who.name }} asks for help. Please get in touch today, by phone if you can, or at {{ who.address }}."
            " Answer this mail in any words, so that they know that you have it."
        ),
    ),
    "help-received": (
        "You asked for help",
        (
            "I have told {{ received | join(', ') }} that you asked for help; what you wrote went nowhere else."
            " If somebody is in danger, please ring the emergency number where you are."
        ),
    ),
    "help-heard": ("Somebody has read that you asked for help", "They get in touch with you."),
    "emergency": (
        "If you are in danger, please ring now",
        "Ring the emergency number where you are, and tell somebody who is near you.",
    ),
}
"""Letter → subject and text, for when not even the shipped ones can be read."""


def spare(name: str, own: Path | None) -> Program:
    """The shipped program of that name, else the shipped base, else a few sentences from here."""
    found = next((program for each in (name, BASE) if (program := _shipped(each))), None) or _plain()
    return replace(found, **_said(name, own))


def _shipped(name: str) -> Program | None:
    try:
        return load_program(name, None)
    except ConfigurationError:
        return None


def _said(name: str, own: Path | None) -> Mapping[str, Any]:
    try:
        values = settings(chain(name, own, []).tables, [])
    except (ConfigurationError, OSError, ValueError):
        return {}
    return {key: values[key] for key in KEPT if key in values}


def _plain() -> Program:
    prompts = {
        id_: {"en": Prompt(id=id_, subject=subject, body=body, source="programs/spare.py")}
        for id_, (subject, body) in PLAIN.items()
    }
    known = {"en": {**CALLS, "help_first": CALLS["help"]}, **words(None, [])}
    return Program(id=BASE, title="Mentoring", stages=(), prompts=prompts, words=known, layout=LAYOUT)
