"""Papers: a prompt as a page of its own to print, such as the certificate that goes with the last letter."""

from collections.abc import Mapping
from html import escape
from typing import Any

from coordinator.core.program import Prompt
from coordinator.formats.letter_jinja import unmarked
from coordinator.formats.letter_markdown import RIGHT_TO_LEFT, printed
from coordinator.formats.letter_pdf import pdf
from coordinator.formats.letter_press import Press

_FRAME = """\
<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 22mm; }}
body {{ max-width: 165mm; margin: 24px auto; padding: 0 16px; color: #1f2328; background: #ffffff;
  font-family: Georgia, "Times New Roman", serif; font-size: 13pt; line-height: 1.55; }}
main {{ border: 2px solid #1a5a7f; padding: 18mm 16mm; }}
h1 {{ margin: 0 0 10mm 0; color: #1a5a7f; font-size: 26pt; font-weight: normal; line-height: 1.2; }}
h2 {{ font-size: 15pt; font-weight: normal; color: #1a5a7f; }}
table {{ border-collapse: collapse; }}
td, th {{ padding: 3px 14px 3px 0; text-align: start; }}
@media print {{ body {{ margin: 0; max-width: none; }} }}
</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""


def paper(prompt: Prompt, names: Mapping[str, Any], press: Press, language: str) -> tuple[str, str, bytes]:
    """(file name, media type, bytes) of a page that needs nothing from elsewhere; the same for the same values."""
    title, source = _worded(prompt, names, press)
    direction = "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
    html = printed(
        source, lambda body: _FRAME.format(language=language, direction=direction, title=escape(title), body=body)
    )
    return f"{prompt.id}.html", "text/html", html.encode()


def paper_as_pdf(prompt: Prompt, names: Mapping[str, Any], press: Press, language: str) -> tuple[str, str, bytes]:
    """The same as PDF. UsageError where this machine cannot write one."""
    title, source = _worded(prompt, names, press)
    name = f"{prompt.id}.pdf"
    return name, "application/pdf", pdf(printed(source, str), title=title, language=language, what=name)


def _worded(prompt: Prompt, names: Mapping[str, Any], press: Press) -> tuple[str, str]:
    """(title, Markdown)."""
    title = unmarked(press.say(prompt.subject, names, prompt.source))
    return title, press.say(prompt.body, names, prompt.source)
