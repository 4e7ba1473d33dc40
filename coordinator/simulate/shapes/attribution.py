"""The line or block that a client puts above what it quotes, in the person's language."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from coordinator.simulate.shapes.clients import Client
from coordinator.simulate.shapes.dates import parts
from coordinator.simulate.shapes.parent import Parent

Patterns = Mapping[str, str]

_GMAIL: Patterns = {
    "en": "On {wd}, {mon} {day}, {year} at {h12}\u202f{ampm} {name} <{address}> wrote:",
    "es": "El {wd}, {day} {mon} {year} a las {h24}, {name} (<{address}>) escribió:",
    "de": "Am {wd}, {day}. {mon} {year} um {H24} Uhr schrieb {name} <{address}>:",
    "fr": "Le {wd} {day} {mon} {year} à {H24}, {name} <{address}> a écrit :",
}
_GMAIL_PHONE: Patterns = {**_GMAIL, "en": "On {wd}, {mon} {day}, {year}, {h12}\u202f{ampm} {name} <{address}> wrote:"}
_APPLE: Patterns = {
    "en": "On {mon} {day}, {year}, at {h12}\u202f{ampm}, {name} <{address}> wrote:",
    "es": "El {day} {mon} {year}, a las {h24}, {name} <{address}> escribió:",
    "de": "Am {DD}.{MM}.{year} um {H24} schrieb {name} <{address}>:",
    "fr": "Le {day} {mon} {year} à {H24}, {name} <{address}> a écrit :",
}
_THUNDERBIRD: Patterns = {
    "en": "On {m}/{day}/{yy} {h12} {ampm}, {name} wrote:",
    "es": "El {day}/{m}/{yy} a las {h24}, {name} escribió:",
    "de": "Am {DD}.{MM}.{yy} um {H24} schrieb {name}:",
    "fr": "Le {DD}/{MM}/{year} à {H24}, {name} a écrit :",
}
_YAHOO: Patterns = {
    "en": "On {weekday}, {month} {day}, {year} at {H12}:{ss} {ampm} {tz}, {name} <{address}> wrote:",
    "es": "El {weekday}, {day} de {month} de {year}, {H24}:{ss} {tz}, {name} <{address}> escribió:",
    "de": "Am {weekday}, {day}. {month} {year} um {H24}:{ss} {tz} hat {name} <{address}> Folgendes geschrieben:",
    "fr": "Le {weekday} {day} {month} {year} à {H24}:{ss} {tz}, {name} <{address}> a écrit :",
}
_PROTON: Patterns = {
    "en": "On {weekday}, {month} {th}, {year} at {h12} {ampm}, {name} <{address}> wrote:",
    "es": "El {weekday}, {day} de {month} de {year} a las {h24}, {name} <{address}> escribió:",
    "de": "{name} <{address}> schrieb am {weekday}, {day}. {month} {year} um {H24}:",
    "fr": "Le {weekday} {day} {month} {year} à {H24}, {name} <{address}> a écrit :",
}
# mutt leaves its sentence in English whatever the locale.
_MUTT: Patterns = {"en": "On {wd}, {mon} {DD}, {year} at {H12}:{ss}{ampm} {offset}, {name} wrote:"}

_SENTENCES: Mapping[str, Patterns] = {
    "gmail_web": _GMAIL,
    "gmail_android": _GMAIL_PHONE,
    "gmail_ios": _GMAIL,
    "apple_mail": _APPLE,
    "apple_ios": _APPLE,
    "thunderbird": _THUNDERBIRD,
    "yahoo": _YAHOO,
    "proton": _PROTON,
    "mutt": _MUTT,
}

_LABELS = {
    "en": ("From", "Sent", "To", "Subject"),
    "es": ("De", "Enviado", "Para", "Asunto"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De", "Envoyé", "À", "Objet"),
}
_SENT = {
    "en": "{weekday}, {month} {day}, {year} {h12} {ampm}",
    "es": "{weekday}, {day} de {month} de {year} {h24}",
    "de": "{weekday}, {day}. {month} {year} {H24}",
    "fr": "{weekday} {day} {month} {year} {H24}",
}
_SENT_GMX = {
    "en": "{weekday}, {month} {day}, {year} at {h12} {ampm}",
    "es": "{weekday}, {day} de {month} de {year}, {h24}",
    "de": "{weekday}, {day}. {month} {year} um {H24} Uhr",
    "fr": "{weekday} {day} {month} {year} à {H24}",
}
_SENT_SAMSUNG = {
    "en": "{m}/{day}/{yy}  {h12} {ampm}  ({gmt})",
    "es": "{day}/{m}/{yy}  {h24}  ({gmt})",
    "de": "{DD}.{MM}.{yy}  {H24}  ({gmt})",
    "fr": "{DD}/{MM}/{year}  {H24}  ({gmt})",
}
SAMSUNG_RULE = {
    "en": "-------- Original message --------",
    "es": "-------- Mensaje original --------",
    "de": "-------- Ursprüngliche Nachricht --------",
    "fr": "-------- Message d'origine --------",
}
_SAMSUNG_DATE = {"en": "Date", "es": "Fecha", "de": "Datum", "fr": "Date"}


def sentence(client: Client, parent: Parent, now: datetime, language: str) -> str:
    """`On Tue, Apr 14, 2026 at 9:02 AM Heartwood <mentoring@example.org> wrote:`"""
    patterns = _SENTENCES[client.name]
    spoken = language if language in patterns else "en"
    at = parent.date.astimezone(now.tzinfo)
    return patterns[spoken].format(**parts(at, spoken), name=parent.name or parent.address, address=parent.address)


def header_block(client: Client, parent: Parent, now: datetime, language: str) -> Sequence[tuple[str, str]]:
    """(label, value) pairs in the client's order; the labels bear no colon."""
    spoken = language if language in _LABELS else "en"
    at = parts(parent.date.astimezone(now.tzinfo), spoken)
    sender, sent, to, subject = _LABELS[spoken]
    who, whom = f"{parent.name} <{parent.address}>".strip(), parent.to
    match client.name:
        case "gmx":
            rows = [(sent, _SENT_GMX[spoken].format(**at)), (sender, f'"{parent.name}" <{parent.address}>'), (to, whom)]
        case "samsung":
            rows = [(sender, who), (_SAMSUNG_DATE[spoken], _SENT_SAMSUNG[spoken].format(**at)), (to, whom)]
        case _:
            rows = [(sender, who), (sent, _SENT[spoken].format(**at)), (to, whom)]
    return (*rows, (subject, parent.subject))
