"""What calendar programs put before the subject of an answer, by language."""

_OUTLOOK = {
    "en": ("Accepted", "Declined", "Tentative", "New Time Proposed"),
    "de": ("Zugesagt", "Abgelehnt", "Mit Vorbehalt", "Neuer Zeitvorschlag"),
    "fr": ("Accepté", "Refusé", "Provisoire", "Nouvelle heure proposée"),
    "es": ("Aceptada", "Rechazada", "Provisional", "Nueva hora propuesta"),
    "pt": ("Aceito", "Recusado", "Provisório", "Novo horário proposto"),
    "it": ("Accettato", "Rifiutato", "Provvisorio", "Nuova ora proposta"),
    "nl": ("Geaccepteerd", "Geweigerd", "Voorlopig", "Nieuwe tijd voorgesteld"),
}
_PLACES = {"ACCEPTED": 0, "DECLINED": 1, "TENTATIVE": 2}


def prefix(partstat: str, language: str, *, counter: bool = False) -> str:
    """Such as "Zugesagt"; a French colon has a space before it that does not break."""
    base = language.partition("-")[0]
    words = _OUTLOOK.get(base, _OUTLOOK["en"])
    word = words[3] if counter else words[_PLACES[partstat]]
    return f"{word}\u00a0:" if base == "fr" else f"{word}:"


def verb(partstat: str) -> str:
    return {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentatively accepted"}[partstat]
