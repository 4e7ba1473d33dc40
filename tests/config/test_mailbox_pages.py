"""What the pages on mailboxes show is a configuration that loads."""

import re
from pathlib import Path

import pytest

from coordinator import config
from coordinator.backends.providers import PROVIDERS
from tests.config.test_config import chapter

PAGES = Path(__file__).parents[2] / "docs" / "mailboxes"
HEAD = """program = "six-month"
{calendar}
[chapter]
name = "Elm"
address = "mentoring@example.org"
coordinator = "chief@example.org"
"""
SHOWN = [
    (page.stem, number, block)
    for page in sorted(PAGES.glob("*.md"))
    for number, block in enumerate(re.findall(r"```toml\n(.*?)```", page.read_text(), re.DOTALL), start=1)
]


@pytest.mark.parametrize(("page", "number", "block"), SHOWN, ids=[f"{page}-{number}" for page, number, _ in SHOWN])
def test_every_example_loads(tmp_path: Path, page: str, number: int, block: str) -> None:
    for name in ("service-account.json", "authority.pem"):
        (tmp_path / name).write_text("{}")
        (tmp_path / name).chmod(0o600)
    calendar, rest = "", block
    if block.startswith("calendar"):
        calendar, _, rest = block.partition("\n")
    settings = config.load(chapter(tmp_path, HEAD.format(calendar=calendar) + rest))
    assert settings.inbox[0] in {"imap", "exchange"}
    assert (settings.calendar is not None) == bool(calendar)
    if settings.other_inbox is not None and settings.grant is not None:
        for part in ("EWS.", "IMAP.", "SMTP."):
            assert any(part in scope for scope in settings.grant.scopes)


def test_there_is_a_page_for_each_kind_with_what_was_not_tried() -> None:
    pages = {page.stem: page.read_text() for page in PAGES.glob("*.md")}
    assert set(pages) == {"README", "exchange", "google", "imap", "microsoft365"}
    assert all("**Not tried**" in text for name, text in pages.items() if name != "README")
    assert all(f"`{name}`" in pages["imap"] for name in PROVIDERS)
