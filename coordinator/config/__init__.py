"""A chapter's folder, read into settings: `config.toml` and `secret.key`, every mistake reported at once."""

from collections.abc import Mapping

from coordinator.config.load import load, write_secret
from coordinator.config.settings import Limits, Reading, Retention, Sending, Settings

__all__ = ["Limits", "Reading", "Retention", "Sending", "Settings", "load", "render", "write_secret"]


def render(answers: Mapping[str, object]) -> str:
    """A commented `config.toml` for a new chapter; see `coordinator.config.example`."""
    from coordinator.config import example

    return example.render(answers)
