"""The mail clients that people answer from, as a table: what each writes around an answer."""

from dataclasses import dataclass

STYLES = ("top", "bottom", "inline", "html_top", "html_inline", "unmarked", "same_line", "quick")


@dataclass(frozen=True, kw_only=True)
class Client:
    """How one client writes a reply.

    parts: "plain", "html" or "alternative". lead: "attribution" (a sentence) or "headers" (a block From, Sent, To).
    marks: whether quoted lines bear `>`. text_encoding, html_encoding: "7bit" (quoted-printable where it does not
    fit), "8bit", "qp" or "base64". width: where lines of the text part are folded, 0 = never.
    tagline: key of the words that it adds below, "" = none. prefix: of subjects, by language.
    message_id: shape of its ids; `{hex}`, `{HEX}`, `{digits}`, `{word}` are filled in. mailer: (header, value).
    hop: host that hands the mail over.
    """

    name: str
    parts: str = "alternative"
    lead: str = "attribution"
    marks: bool = True
    charset: str = "utf-8"
    text_encoding: str = "7bit"
    html_encoding: str = "qp"
    width: int = 0
    flowed: bool = False
    tagline: str = ""
    prefix: tuple[tuple[str, str], ...] = ()
    links: str = "spaced"
    message_id: str
    mailer: tuple[str, str] = ("", "")
    hop: str

    def subject_prefix(self, language: str) -> str:
        return dict(self.prefix).get(language, "Re: ")


_EXCHANGE_PREFIX = (("de", "AW: "), ("en", "Re: "), ("es", "RE: "), ("fr", "Re: "))
_GMAIL_ID = "<CA{word}={hex}@mail.gmail.example>"
_EXCHANGE_ID = "<{HEX}@{HEX8}.namprd04.prod.outlook.example>"

_TABLE = (
    Client(name="gmail_web", width=76, message_id=_GMAIL_ID, hop="mail-ej1-f44.gmail.example"),
    Client(name="gmail_android", width=76, message_id=_GMAIL_ID, hop="mail-wr1-f51.gmail.example"),
    Client(name="gmail_ios", width=76, message_id=_GMAIL_ID, hop="mail-lf1-f48.gmail.example"),
    Client(
        name="outlook_classic",
        lead="headers",
        marks=False,
        text_encoding="base64",
        html_encoding="base64",
        prefix=(("de", "AW: "), ("en", "RE: "), ("es", "RE: "), ("fr", "RE: ")),
        links="glued",
        message_id="<00{digits}$" + "{hex8}$" + "{hex8}$@{domain}>",
        mailer=("X-Mailer", "Microsoft Outlook 16.0"),
        hop="smtp-out.contoso.example",
    ),
    Client(
        name="outlook_web",
        lead="headers",
        marks=False,
        charset="windows-1252",
        text_encoding="qp",
        prefix=_EXCHANGE_PREFIX,
        links="glued",
        message_id=_EXCHANGE_ID,
        hop="nam04-bn8-obe.outbound.outlook.example",
    ),
    Client(
        name="outlook_ios",
        lead="headers",
        marks=False,
        text_encoding="base64",
        html_encoding="base64",
        tagline="outlook_ios",
        prefix=_EXCHANGE_PREFIX,
        links="glued",
        message_id=_EXCHANGE_ID,
        hop="eur05-db8-obe.outbound.outlook.example",
    ),
    Client(
        name="apple_mail",
        message_id="<{UUID}@{domain}>",
        mailer=("X-Mailer", "Apple Mail (2.3774.600.62)"),
        hop="smtp.apple-relay.example",
    ),
    Client(
        name="apple_ios",
        text_encoding="qp",
        tagline="iphone",
        message_id="<{UUID}@{domain}>",
        mailer=("X-Mailer", "iPhone Mail (21F90)"),
        hop="ms-10012.icloud-relay.example",
    ),
    Client(
        name="thunderbird",
        parts="plain",
        text_encoding="8bit",
        html_encoding="8bit",
        width=72,
        flowed=True,
        message_id="<{uuid}@{domain}>",
        mailer=("User-Agent", "Mozilla Thunderbird"),
        hop="mail.uplink.example",
    ),
    Client(
        name="yahoo",
        marks=False,
        message_id="<{digits}.{digits}.17{digits}@mail.yahoo.example>",
        mailer=("X-Mailer", "WebService/1.1.23187 YMailNovation"),
        hop="sonic305-21.consmr.mail.bf2.yahoo.example",
    ),
    Client(
        name="proton",
        text_encoding="base64",
        html_encoding="base64",
        tagline="proton",
        message_id="<{word}{word}=@proton.example>",
        hop="mail-4316.protonmail.example",
    ),
    Client(
        name="gmx",
        parts="html",
        lead="headers",
        marks=False,
        prefix=(("de", "Aw: "), ("en", "Re: "), ("es", "Re: "), ("fr", "Re: ")),
        message_id="<trinity-{uuid}-17{digits}@3c-app-gmx-bs11>",
        hop="mout.gmx.example",
    ),
    Client(
        name="samsung",
        lead="headers",
        marks=False,
        text_encoding="base64",
        html_encoding="base64",
        tagline="galaxy",
        message_id="<{word}.17{digits}@email.android.example>",
        hop="smtp.carrier.example",
    ),
    Client(
        name="mutt",
        parts="plain",
        text_encoding="8bit",
        width=72,
        message_id="<{word}/{word}@{domain}>",
        hop="mx.shell.example",
    ),
)

CLIENTS = {client.name: client for client in _TABLE}

DEVICES = {
    "gmail_web": "Gmail",
    "gmail_android": "an Android phone",
    "gmail_ios": "Gmail on a phone",
    "outlook_classic": "Outlook",
    "outlook_web": "Outlook on the web",
    "outlook_ios": "Outlook on a phone",
    "apple_mail": "a Mac",
    "apple_ios": "an iPhone",
    "thunderbird": "Thunderbird",
    "yahoo": "Yahoo Mail",
    "proton": "Proton Mail",
    "gmx": "GMX",
    "samsung": "a Galaxy phone",
    "mutt": "mutt",
}
"""What a storyteller calls them."""

TAGLINES = {
    "iphone": {
        "en": "Sent from my iPhone",
        "es": "Enviado desde mi iPhone",
        "de": "Von meinem iPhone gesendet",
        "fr": "Envoyé de mon iPhone",
    },
    "galaxy": {
        "en": "Sent from my Galaxy",
        "es": "Enviado desde mi Galaxy",
        "de": "Von meinem Galaxy gesendet",
        "fr": "Envoyé depuis mon appareil Galaxy",
    },
    "outlook_ios": {
        "en": "Get Outlook for iOS",
        "es": "Obtener Outlook para iOS",
        "de": "Outlook für iOS beziehen",
        "fr": "Obtenir Outlook pour iOS",
    },
    "proton": {
        "en": "Sent with Proton Mail secure email.",
        "es": "Enviado con el correo electrónico seguro de Proton Mail.",
        "de": "Gesendet mit Proton Mail.",
        "fr": "Envoyé avec la messagerie sécurisée Proton Mail.",
    },
}


def tagline(client: Client, language: str) -> str:
    words = TAGLINES.get(client.tagline, {})
    return words.get(language) or words.get("en", "")
