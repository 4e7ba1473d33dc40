"""Which elements of an HTML mail hold what was quoted; each mail program marks it in its own way."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final


class Quote(Enum):
    """How far a quotation reaches. INTRO: up to the first blockquote inside the element; answers may follow it."""

    NONE = 0
    ELEMENT = 1
    INTRO = 2
    REST = 3


_CLASSES: Final = {
    "gmail_quote": Quote.INTRO,
    "protonmail_quote": Quote.INTRO,
    "gmail_attr": Quote.ELEMENT,
    "yahoo_quoted": Quote.ELEMENT,
    "moz-cite-prefix": Quote.ELEMENT,
    "moz-forward-container": Quote.ELEMENT,
    "moz-email-headers-table": Quote.ELEMENT,
    "tutanota_quote": Quote.ELEMENT,
    "ik_mail_quote": Quote.ELEMENT,
    "freemail_quote": Quote.ELEMENT,
    "wordsection1_quote": Quote.ELEMENT,
    "outlookmessageheader": Quote.REST,
    "ms-outlook-mobile-reference-message": Quote.REST,
}
_IDS: Final = {
    "divrplyfwdmsg": Quote.REST,
    "appendonsend": Quote.REST,
    "stopspelling": Quote.REST,
    "zwchr": Quote.REST,
    "replysplit": Quote.REST,
    "mail-editor-reference-message-container": Quote.ELEMENT,
    "reply-intro": Quote.ELEMENT,
    "olk_src_body_section": Quote.ELEMENT,
    "quoted_header": Quote.ELEMENT,
    "isreplycontent": Quote.ELEMENT,
}
# Word draws a grey line above the headers of the mail that is answered, and a blue one beside quoted paragraphs.
_LINE_ABOVE: Final = re.compile(r"border:none;border-top:solid#(?:e1e1e1|b5c4df)[\d.]+pt;padding:3\.0pt0")
_LINE_BESIDE: Final = re.compile(r"border:none;border-left:solid(?:blue|#[0-9a-f]{6})1\.5pt;padding:0")
# What "indent more" makes of the writer's own lines in Gmail and Apple Mail.
_INDENTED: Final = re.compile(r"margin:(?:0(?:px)?){3}40px;border:(?:none|medium)")


def quotation(name: str, given: Mapping[str, str]) -> Quote:
    """What a start tag with these attributes begins."""
    if name == "blockquote":
        return Quote.NONE if _is_indented(given) else Quote.ELEMENT
    for word in given.get("class", "").lower().split():
        found = _CLASSES.get(word.removeprefix("x_"))
        if found:
            return found
    found = _IDS.get(given.get("id", "").lower().removeprefix("x_"))
    if found or given.get("name", "").lower() == "quote":
        return found or Quote.ELEMENT
    return _bordered("".join(given["style"].lower().split())) if "border" in given.get("style", "") else Quote.NONE


def _is_indented(given: Mapping[str, str]) -> bool:
    if "webkit-indent-blockquote" in given.get("class", ""):
        return True
    style = "".join(given.get("style", "").lower().split())
    return "type" not in given and "class" not in given and bool(_INDENTED.match(style))


def _bordered(style: str) -> Quote:
    if _LINE_ABOVE.search(style):
        return Quote.REST
    return Quote.ELEMENT if _LINE_BESIDE.search(style) else Quote.NONE
