"""The strip of weeks in an advisor's summary: lines with glyphs in the text part, a slim table in the HTML part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from coordinator.core.reading import Context
from coordinator.core.speech import Speech
from coordinator.core.summary.weeks import GLYPHS
from coordinator.formats.letter_jinja import END, STRIP, Raw, cleaned, marked

COLOURS: Mapping[str, str] = {"met": "#1a7f37", "touch": "#8a5a00", "missed": "#b3261e", "still": "#5b6472"}
"""Mid-tones on which white can be read, in the light and inverted."""


@dataclass(frozen=True, kw_only=True)
class Strip:
    """title: what the glyphs mean. heads: of the three columns. rows: as the summary's context has them."""

    title: str
    heads: tuple[str, str, str]
    rows: Sequence[Mapping[str, Any]]


def strip_of(spoken: Mapping[str, Any], context: Context) -> Strip | None:
    """The strip of a letter whose context has weeks, None for any other."""
    rows = spoken.get("summary", {}).get("weeks", ())
    if not rows:
        return None
    speech = Speech(words=context.words, language=context.language, zone=context.timezone)
    heads = [speech.say("summary", f"strip_{name}") for name in ("pair", "weeks", "said")]
    return Strip(title=speech.say("summary", "strip"), heads=(heads[0], heads[1], heads[2]), rows=rows)


def as_lines(strip: Strip | None) -> Raw:
    """For the text part; between marks that the HTML part exchanges for the table.

    In the same words as the table, in the same order: a mail program quotes either.
    """
    if strip is None:
        return Raw("")
    rows = [f"- {marked(_name(strip, row))} {row['glyphs']} {marked(_said(row))}" for row in strip.rows]
    return Raw(f"{STRIP}{strip.title}\n\n{' · '.join(strip.heads)}\n\n" + "\n".join(rows) + END)


def as_html(strip: Strip | None) -> str:
    if strip is None:
        return ""
    weeks = max(len(row["cells"]) for row in strip.rows)
    head = "".join(
        f'<th scope="col" align="left"{span}>{escape(name)}</th>'
        for name, span in zip(strip.heads, ("", f' colspan="{weeks}"', ""), strict=True)
    )
    body = "".join(_row(strip, row) for row in strip.rows)
    caption = f'<caption align="top" style="text-align:left;padding-bottom:6px">{escape(strip.title)}</caption>'
    style = "border-collapse:separate;border-spacing:1px 3px;margin:0 0 14px 0;font-size:13px;line-height:1.3"
    return f'<table cellpadding="2" cellspacing="1" border="0" style="{style}">{caption}<tr>{head}</tr>{body}</table>'


def _name(strip: Strip, row: Mapping[str, Any]) -> str:
    """ "Pair 2: Ada Roy & Max Ek": as a line above calls it, so that nobody takes it for the number of an item."""
    return f"{strip.heads[0]} {row['number']}: {row['pair']}"


def _row(strip: Strip, row: Mapping[str, Any]) -> str:
    cells = "".join(_cell(cell) for cell in row["cells"])
    name = escape(cleaned(_name(strip, row)))
    return f'<tr><th scope="row" align="left">{name}</th>{cells}<td>{escape(cleaned(_said(row)))}</td></tr>'


def _cell(week: str) -> str:
    colour = COLOURS.get(week)
    if colour is None:
        return "<td></td>"
    return f'<td align="center" width="14" bgcolor="{colour}"><font color="#ffffff">{GLYPHS[week]}</font></td>'


def _said(row: Mapping[str, Any]) -> str:
    return f"{row['said']}; {row['cadence']}" if row["cadence"] else str(row["said"])
