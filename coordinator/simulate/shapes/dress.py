"""How each client dresses what is typed and what is quoted, in HTML."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coordinator.simulate.shapes.tree import Element, Node, el

Nodes = tuple[Node, ...]

_BAR = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"
_GMX = "margin: 10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5; word-wrap: break-word;"
_OUTLOOK_BORDER = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"
_HIDDEN_RULE = "display:inline-block;width:98%"


def _lines(lines: Sequence[str]) -> Nodes:
    out: list[Node] = []
    for index, line in enumerate(lines):
        out += [el("br"), line] if index else [line]
    return tuple(node for node in out if node != "")


def _ltr(lines: Sequence[str]) -> Nodes:
    first, *rest = lines or ("",)
    return (el("div", first or el("br"), *(el("div", line or el("br")) for line in rest), dir="ltr"),)


def _auto(lines: Sequence[str]) -> Nodes:
    return tuple(el("div", line or el("br"), dir="auto") for line in lines)


def _divs(lines: Sequence[str]) -> Nodes:
    return tuple(el("div", line or el("br")) for line in lines)


def _word(lines: Sequence[str]) -> Nodes:
    """Word writes a paragraph a line, and a hard space where a line is empty."""
    return tuple(el("p", el("span", line or "\xa0", lang="EN-US"), class_="MsoNormal") for line in lines)


def _aptos(lines: Sequence[str]) -> Nodes:
    style = "font-family: Aptos, Calibri, Helvetica, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);"
    return tuple(el("div", line or el("br"), class_="elementToProof", style=style) for line in lines)


def _paragraphs(lines: Sequence[str]) -> Nodes:
    return (el("p", *_lines(lines)),)


@dataclass(frozen=True, kw_only=True)
class Dress:
    """typed: lines as nodes. mark: one quoted piece. frame: what stands around lead and pieces.

    color: of what is typed into a quote. delimiter: the line above a signature.
    """

    typed: Callable[[Sequence[str]], Nodes]
    mark: Callable[[Element], Element]
    frame: Callable[[Sequence[Node], Sequence[Node]], Nodes]
    color: str = ""
    delimiter: str = ""
    tag: str = "div"

    def quote(self, lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
        return self.frame(lead, pieces)

    def copy(self, lead: Sequence[Node], tree: Element) -> Nodes:
        """A copy without any mark; only a header block, where there is one, tells that it is a copy."""
        inner = el("div", *tree.children)
        return self.frame(lead, [inner]) if lead else (inner,)

    def signature(self, lines: Sequence[str]) -> Nodes:
        if not lines:
            return ()
        if self.delimiter:
            signed = el("div", *_lines(lines), dir="ltr", class_="gmail_signature")
            return (el("br"), el("span", self.delimiter, class_="gmail_signature_prefix"), el("br"), signed)
        return self.typed(("", *lines))

    def tagline(self, words: str) -> Nodes:
        if not words:
            return ()
        match self.tag:
            case "apple":
                return (el("div", el("br"), words, id="AppleMailSignature", dir="ltr"),)
            case "outlook":
                link = el("a", words, href="https://aka.example/o0ukef")
                return (el("div", el("br")), el("div", link, id="ms-outlook-mobile-signature"))
            case _:
                small = el("div", words, style="font-size:12px;color:#575757", dir="auto")
                return (el("div", el("br")), el("div", small, id="composer_signature", dir="auto"))


def _gmail_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    attribution = el("div", *lead, el("br"), dir="ltr", class_="gmail_attr")
    return (el("br"), el("div", attribution, *pieces, class_="gmail_quote gmail_quote_container"))


def _apple_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    said = el("blockquote", el("div", *lead), type="cite")
    return (el("br", id="lineBreakAtBeginningOfMessage"), el("div", el("br"), said), *pieces)


def _mac_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    return (el("div", el("br"), el("div", *lead), el("br", class_="Apple-interchange-newline"), *pieces),)


def _thunderbird_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    return (el("div", *lead, class_="moz-cite-prefix"), *pieces)


def _yahoo_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    said = el("div", *lead, style="font-family:'Helvetica Neue', Helvetica, Arial, sans-serif;font-size:13px;")
    inner = el("div", said, el("div", el("br")), el("div", el("br")), *pieces)
    return (el("div", el("br")), el("div", inner, id="yahoo_quoted_8812046317", class_="yahoo_quoted"))


def _proton_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    return (el("div", *lead, el("br"), *pieces, class_="protonmail_quote"),)


def _classic_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    block = el("div", el("div", *lead, style=_OUTLOOK_BORDER))
    return (el("p", "\xa0", class_="MsoNormal"), block, *pieces)


def _exchange_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    block = el("div", *lead, el("div", "\xa0"), id="divRplyFwdMsg", dir="ltr")
    return (el("div", id="appendonsend"), el("hr", style=_HIDDEN_RULE, tabindex="-1"), block, *pieces)


def _gmx_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    block = el("div", *lead, style="margin:0 0 10px 0;")
    return (el("div", "\xa0"), el("div", block, *pieces, name="quote", style=_GMX))


def _samsung_frame(lead: Sequence[Node], pieces: Sequence[Node]) -> Nodes:
    block = el("div", *lead, style="font-size:100%;color:#000000", dir="auto")
    return (el("div", el("br")), block, el("div", el("br")), *pieces)


def _boxed(tag: str, **attrs: str) -> Callable[[Element], Element]:
    def mark(tree: Element) -> Element:
        return el(tag, *tree.children, **attrs)

    return mark


_GMAIL_MARK = _boxed("blockquote", class_="gmail_quote", style=_BAR)
_CITE = _boxed("blockquote", type="cite")
_PLAIN = _boxed("div")

DRESSES: Mapping[str, Dress] = {
    "gmail_web": Dress(typed=_ltr, mark=_GMAIL_MARK, frame=_gmail_frame, delimiter="-- "),
    "gmail_android": Dress(typed=_auto, mark=_GMAIL_MARK, frame=_gmail_frame),
    "gmail_ios": Dress(typed=_ltr, mark=_GMAIL_MARK, frame=_gmail_frame),
    "outlook_classic": Dress(typed=_word, mark=_PLAIN, frame=_classic_frame, color="#1F497D"),
    "outlook_web": Dress(typed=_aptos, mark=_PLAIN, frame=_exchange_frame, color="#C82613"),
    "outlook_ios": Dress(typed=_auto, mark=_PLAIN, frame=_exchange_frame, tag="outlook"),
    "apple_mail": Dress(typed=_divs, mark=_CITE, frame=_mac_frame),
    "apple_ios": Dress(typed=_ltr, mark=_CITE, frame=_apple_frame, tag="apple"),
    "thunderbird": Dress(typed=_paragraphs, mark=_CITE, frame=_thunderbird_frame, delimiter="-- "),
    "yahoo": Dress(typed=_ltr, mark=_PLAIN, frame=_yahoo_frame),
    "proton": Dress(
        typed=_divs,
        mark=_boxed("blockquote", class_="protonmail_quote", type="cite"),
        frame=_proton_frame,
    ),
    "gmx": Dress(typed=_divs, mark=_boxed("div", name="quoted-content"), frame=_gmx_frame),
    "samsung": Dress(typed=_auto, mark=_PLAIN, frame=_samsung_frame),
    "mutt": Dress(typed=_paragraphs, mark=_CITE, frame=_thunderbird_frame, delimiter="-- "),
}
