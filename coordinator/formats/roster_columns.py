"""Which column of a spreadsheet says what: by its header in several languages, or by the question of a form."""

from collections.abc import Mapping, Sequence

SYNONYMS: dict[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "mail", "address", "email address", "e-mail address", "correo", "adresse", "courriel",
              "username", "dirección de correo electrónico", "e-mail-adresse"),
    "first_name": ("first_name", "first name", "firstname", "given name", "name", "vorname", "nombre", "prénom",
                   "full name", "your name"),
    "last_name": ("last_name", "last name", "lastname", "surname", "family name", "nachname", "apellido", "nom"),
    "roles": ("roles", "role", "rolle", "rol", "rôle", "mentor or mentee", "i want to be"),
    "timezone": ("timezone", "time zone", "time_zone", "zeitzone", "zona horaria", "fuseau"),
    "language": ("language", "lang", "sprache", "idioma", "langue"),
    "consent": ("consent", "agreed", "einwilligung", "consentimiento", "consentement"),
}  # fmt: skip
_OF_PROFILE: dict[str, tuple[str, ...]] = {
    "cohort": ("cohort", "intake", "kohorte", "jahrgang", "cohorte", "promotion", "promoción", "pilot"),
}
"""The same for columns of the profile that a command asks for by name."""
STAMPS = ("timestamp", "zeitstempel", "marca temporal", "horodateur", "completion time", "abschlusszeit",
          "hora de finalización", "submitted at")  # fmt: skip
"""Columns in which an online form says when somebody sent it: with one, the newest answer of a person counts."""

SET_ASIDE = ("id", "start time", "startzeit", "hora de inicio", "last modified time", "score", "quiz feedback",
             *STAMPS)  # fmt: skip
"""What online forms add by themselves and no profile needs."""

_KEYWORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("email", ("email", "e-mail")),
    ("cohort", ("which cohort", "your cohort", "which intake", "which group do you")),
    ("consent", ("agree to take part", "do you agree", "consent", "i agree")),
    ("capacity", ("how many mentees", "mentees at the same time")),
    ("first_time", ("first time",)),
    ("years", ("how many years", "years of experience", "years have you")),
    ("roles", ("mentor or mentee", "mentee or mentor", "take part as", "would you like to be a")),
    ("offered", ("help with", "can you offer", "help somebody", "help others")),
    ("sought", ("career goal", "like to reach", "hope to learn", "want to achieve", "your goals", "like to achieve")),
    ("ideal", ("ideal mentor",)),
    ("languages", ("which languages", "languages do you")),
    ("availability", ("available", "have time")),
    ("timezone", ("time zone",)),
    ("last_name", ("last name", "surname", "family name")),
    ("first_name", ("first name", "your name")),
    ("site", ("where do you work", "which hospital", "which site", "your employer")),
    ("field", ("which field", "what is your field", "your profession", "what do you do")),
)
"""What a question of a form is about, the surest words first; only headers that read like a question are looked at."""


def columns(header: Sequence[str], given: Mapping[str, str] | None = None) -> list[str]:
    """The name of each column. given: header, in small letters → name, as whoever imports says."""
    taken: list[str] = []
    for cell in header:
        taken.append(_column(plain(cell), given or {}, taken))
    return _asked_email(taken) if is_form(header) else taken


def is_form(header: Sequence[str]) -> bool:
    """Whether an online form made this sheet: it notes when each answer came."""
    return any(plain(cell) in STAMPS for cell in header)


def _asked_email(names: list[str]) -> list[str]:
    """Of the account's address and the one that was asked for, the latter."""
    places = [place for place, name in enumerate(names) if name == "email"]
    return [f"(email {n})" if n in places[:-1] else name for n, name in enumerate(names)]


def plain(cell: str) -> str:
    """A header without marks and double spaces, in small letters."""
    return " ".join(cell.replace("\ufeff", "").strip().casefold().split())


def _column(name: str, given: Mapping[str, str], taken: Sequence[str]) -> str:
    if name in given:
        return given[name]
    exact = next((column for column, names in (SYNONYMS | _OF_PROFILE).items() if name in names), None)
    if exact and exact not in taken:
        return exact
    if name in SET_ASIDE:
        return f"({name})"
    if len(name.split()) >= 3 or name.endswith("?"):
        about = next(
            (c for c, words in _KEYWORDS if any(w in name for w in words) and (c == "email" or c not in taken)), None
        )
        if about:
            return about
    return exact or name.replace(" ", "_")
