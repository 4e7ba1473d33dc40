"""A reply, a new mail and a forward, as a given client writes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from coordinator.simulate.shapes import attribution, lines, mime, plain, quick, rich, stamps
from coordinator.simulate.shapes.clients import CLIENTS, STYLES, Client, tagline
from coordinator.simulate.shapes.mime import Entity
from coordinator.simulate.shapes.parent import Parent, read
from coordinator.simulate.shapes.tree import Element, Node, el, html
from coordinator.simulate.shapes.typed import Typed

_LINKS = {"spaced": lines.spaced_link, "glued": lines.glued_link}
Person = tuple[str, str]
"""(name, address)."""


def reply(
    raw: bytes,
    new: str | Mapping[int, str],
    *,
    client: str,
    style: str,
    sender: Person,
    now: datetime,
    language: str = "en",
    subject: str | None = None,
    numbering: str = "{n}. {answer}",
    greeting: str = "",
    signature: str = "",
    cc: Sequence[Person] = (),
) -> bytes:
    """The answer of `sender` to the letter `raw`, as that client sends it.

    new: answers by question number, or prose. style: one of STYLES; the "html_" ones send no text part, "quick" is
    the mail that a quick-answer button opens. now: bears the person's time zone. Raises ValueError for an unknown
    client or style. mutt and Thunderbird write text; for them "html_top" is "top" and "html_inline" is "inline".
    """
    chosen, parent = _client(client, style), read(raw)
    typed = Typed(new=new, numbering=numbering, greeting=greeting, signature=signature)
    seed = stamps.digest(parent.message_id, sender[1], now.isoformat(), client, style, repr(new))
    head = stamps.opening(chosen, seed, sender, now, parent.reply_to)
    if style == "quick":
        opened = quick.opened(parent, new)
        own = Typed(new=opened.body, signature=signature)
        entity = _fresh_entity(chosen, own, seed, language)
        named = (("Subject", subject or opened.subject),)
        return mime.message((*head, ("To", opened.to), *named, *stamps.mailer(chosen)), entity)
    named = (("Subject", subject or stamps.reply_subject(chosen, parent.subject, language)),)
    headers = (*head, *stamps.recipients(parent, cc), *named, *stamps.thread(chosen, parent), *stamps.mailer(chosen))
    return mime.message(headers, _reply_entity(chosen, typed, style, parent, now=now, language=language, seed=seed))


def fresh(
    new: str,
    *,
    client: str,
    sender: Person,
    to: Sequence[Person],
    subject: str,
    now: datetime,
    language: str = "en",
    signature: str = "",
    cc: Sequence[Person] = (),
) -> bytes:
    """A new mail of a person, answering nothing."""
    chosen = _client(client, "top")
    seed = stamps.digest(sender[1], now.isoformat(), client, subject, new)
    who = (("To", ", ".join(mime.mailbox(*each) for each in to)), ("Cc", ", ".join(mime.mailbox(*each) for each in cc)))
    head = (*stamps.opening(chosen, seed, sender, now, (*to, *cc)[-1][1]), *who, ("Subject", subject))
    typed = Typed(new=new, signature=signature)
    return mime.message((*head, *stamps.mailer(chosen)), _fresh_entity(chosen, typed, seed, language))


def forward(
    raw: bytes,
    note: str,
    *,
    client: str,
    sender: Person,
    to: Person,
    now: datetime,
    language: str = "en",
) -> bytes:
    """The letter, passed on to somebody else with a note on top."""
    chosen, parent = _client(client, "top"), read(raw)
    seed = stamps.digest(parent.message_id, sender[1], now.isoformat(), client, "forward", note)
    label = {"de": "WG: ", "es": "RV: ", "fr": "TR: "}.get(language, "FW: ") if chosen.lead == "headers" else "Fwd: "
    head = (*stamps.opening(chosen, seed, sender, now, to[1]), ("To", mime.mailbox(*to)))
    named = (("Subject", label + parent.subject), ("References", parent.message_id))
    block = [f"{name}: {value}" for name, value in attribution.header_block(chosen, parent, now, language)]
    typed = note.split("\n")
    rule = "---------- Forwarded message ---------"
    body = "\n".join([*typed, "", rule, *block, "", "", parent.text.rstrip("\n"), ""])
    page = el("root", *(el("div", line or el("br")) for line in (*typed, "", rule, *block, "")), _tree(parent))
    return mime.message((*head, *named, *stamps.mailer(chosen)), _entity(chosen, body, page, seed, html_only=False))


def _client(name: str, style: str) -> Client:
    if name not in CLIENTS:
        raise ValueError(f"no mail client {name!r}; known: {', '.join(CLIENTS)}")
    if style not in STYLES:
        raise ValueError(f"no style {style!r}; known: {', '.join(STYLES)}")
    return CLIENTS[name]


def _tree(parent: Parent) -> Element:
    return rich.quoted_tree(parent.html, parent.text)


def _reply_entity(
    client: Client, typed: Typed, style: str, parent: Parent, *, now: datetime, language: str, seed: str
) -> Entity:
    if client.parts == "plain":
        lead = _text_lead(client, parent, now, language, style)
        return _plain_entity(client, plain.compose(_delimited(client, typed), style, parent.text, lead))
    lead_nodes = _html_lead(client, parent, now, language)
    quoted = rich.Quoted(tree=_tree(parent), lead=lead_nodes, headed=client.lead == "headers")
    page = rich.compose(typed, style, quoted, client=client.name, tagline=tagline(client, language))
    text = lines.plain(page, link=_LINKS[client.links], width=client.width)
    return _entity(client, text, page, seed, html_only=style.startswith("html_") or client.parts == "html")


def _fresh_entity(client: Client, typed: Typed, seed: str, language: str) -> Entity:
    if client.parts == "plain":
        signed = _delimited(client, typed)
        below = ["", *signed.signature.split("\n")] if signed.signature else []
        return _plain_entity(client, "\n".join([*typed.block(), *below, ""]))
    page = rich.alone(typed, client=client.name, tagline=tagline(client, language))
    text = lines.plain(page, link=_LINKS[client.links], width=client.width)
    return _entity(client, text, page, seed, html_only=client.parts == "html")


def _delimited(client: Client, typed: Typed) -> Typed:
    """Programmes of the old school put `-- ` above a signature."""
    if client.parts != "plain" or not typed.signature:
        return typed
    return Typed(
        new=typed.new,
        numbering=typed.numbering,
        greeting=typed.greeting,
        signature=f"-- \n{typed.signature}",
    )


def _text_lead(client: Client, parent: Parent, now: datetime, language: str, style: str) -> list[str]:
    return [] if style == "unmarked" else [attribution.sentence(client, parent, now, language)]


def _html_lead(client: Client, parent: Parent, now: datetime, language: str) -> tuple[Node, ...]:
    if client.lead == "attribution":
        return (attribution.sentence(client, parent, now, language),)
    nodes: list[Node] = []
    if client.name == "samsung":
        nodes.append(el("div", attribution.SAMSUNG_RULE.get(language, attribution.SAMSUNG_RULE["en"])))
    for label, value in attribution.header_block(client, parent, now, language):
        colon = "\xa0:" if language == "fr" else ":"
        nodes += [el("b", f"{label}{colon}"), f" {value}", el("br")]
    return tuple(nodes)


def _plain_entity(client: Client, body: str) -> Entity:
    if client.flowed:
        flowed = plain.flowed(body, client.width)
        params = "; format=flowed"
        return mime.text(
            "plain", flowed, charset=client.charset, encoding=client.text_encoding, params=params, quoted=False
        )
    return mime.text("plain", body, charset=client.charset, encoding=client.text_encoding, quoted=False)


def _entity(client: Client, text: str, page: Element, seed: str, *, html_only: bool) -> Entity:
    whole = _page(client, page)
    shown = mime.text("html", whole, charset=client.charset, encoding=client.html_encoding)
    if html_only:
        return shown
    read_as = mime.text("plain", text, charset=client.charset, encoding=client.text_encoding)
    return mime.multipart("alternative", [read_as, shown], boundary=_boundary(client, seed))


def _page(client: Client, page: Element) -> str:
    inner = html(page)
    if client.name.startswith("gmail"):
        return inner
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={client.charset}">'
    if client.name == "outlook_classic":
        return (
            f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>{meta}<style><!--p.MsoNormal '
            f"{{margin:0in;font-size:11.0pt;}}--></style></head><body lang=EN-US><div class=WordSection1>{inner}</div>"
            "</body></html>"
        )
    return f"<html><head>{meta}</head><body>{inner}</body></html>"


def _boundary(client: Client, seed: str) -> str:
    if client.name.startswith("outlook"):
        return f"_000_{seed[:32].upper()}_"
    if client.name.startswith("apple"):
        return f"Apple-Mail-{seed[:8].upper()}-{seed[8:12].upper()}-{seed[12:24].upper()}"
    return f"000000000000{seed[:20]}" if client.name.startswith("gmail") else f"----=_Part_{seed[:24]}"
