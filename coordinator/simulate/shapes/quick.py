"""The mail that a quick-answer button opens, filled in the way a person fills it in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from coordinator.simulate.shapes.parent import Parent

SLOT = re.compile(r"^\s*(\d{1,2})\s*[:.)]\s*(.*)$")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A mail window as the button leaves it, with the answers typed in."""

    to: str
    subject: str
    body: str


def opened(parent: Parent, new: str | Mapping[int, str]) -> Opened:
    """The button whose first answer is meant, else the first one; without buttons a mail written by hand."""
    links = [_window(link) for link in parent.quick_links if link]
    answers = links and [link for link in links if SLOT.search(_first(link.body))]
    if not answers:
        return Opened(to=parent.reply_to, subject=f"Re: {parent.subject}", body=_by_hand(parent, new))
    return _filled(_meant(answers, new), new)


def _window(link: str) -> Opened:
    split = urlsplit(link)
    wanted = parse_qs(split.query, keep_blank_values=True)
    body = wanted.get("body", [""])[0].replace("\r\n", "\n")
    return Opened(to=unquote(split.path), subject=wanted.get("subject", [""])[0], body=body)


def _first(body: str) -> str:
    return next((line for line in body.split("\n") if line.strip()), "")


def _meant(links: list[Opened], new: str | Mapping[int, str]) -> Opened:
    if isinstance(new, str):
        return links[0]
    said = next(iter(new.values()), "").casefold()
    for link in links:
        slot = SLOT.match(_first(link.body))
        if slot and slot.group(2) and said.startswith(slot.group(2).strip().casefold()):
            return link
    return links[0]


def _filled(window: Opened, new: str | Mapping[int, str]) -> Opened:
    if isinstance(new, str):
        return Opened(to=window.to, subject=window.subject, body=f"{new}\n\n{window.body}")
    lines: list[str] = []
    for line in window.body.split("\n"):
        slot = SLOT.match(line)
        said = new.get(int(slot.group(1)), "") if slot else ""
        lines.append(f"{slot.group(1)}: {said}" if slot and said else line)
    return Opened(to=window.to, subject=window.subject, body="\n".join(lines))


def _by_hand(parent: Parent, new: str | Mapping[int, str]) -> str:
    said = new if isinstance(new, str) else "\n".join(f"{number}: {answer}" for number, answer in new.items())
    return f"{said}\n\nRef: {parent.ref}" if parent.ref else said
