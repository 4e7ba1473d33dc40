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
OF_PROFILE: dict[str, tuple[str, ...]] = {
    "cohort": ("cohort", "intake", "kohorte", "jahrgang", "cohorte", "promotion", "promoción", "pilot"),
}
"""The same for columns of the profile that a command asks for by name."""
STAMPS = ("timestamp", "zeitstempel", "marca temporal", "horodateur", "completion time", "abschlusszeit",
          "fertigstellungszeit", "heure de fin",
          "hora de finalización", "submitted at")  # fmt: skip
"""Columns in which an online form says when somebody sent it: with one, the newest answer of a person counts."""

SET_ASIDE = ("id", "start time", "startzeit", "hora de inicio", "last modified time", "score", "quiz feedback",
             *STAMPS)  # fmt: skip
"""What online forms add by themselves and no profile needs."""

_KEYWORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("email", ("email", "e-mail")),
    ("cohort", ("which cohort", "your cohort", "which intake", "which group do you")),
    ("consent", ("agree to take part", "do you agree", "consent", "i agree", "einverstanden", "stimme zu", "acepto",
                 "j'accepte")),
    ("capacity", ("how many mentees", "mentees at the same time", "wie viele mentees", "cuántos mentees")),
    ("first_time", ("first time", "zum ersten mal", "primera vez")),
    ("years", ("how many years", "years of experience", "years have you", "berufsjahre", "jahre erfahrung",
               "jahre arbeiten", "años de experiencia", "cuántos años", "années d'expérience")),
    ("roles", ("mentor or mentee", "mentor or a mentee", "mentee or mentor", "mentee or a mentor", "take part as",
               "would you like to be", "i would like to be", "mentor oder mentee", "mentor o mentee")),
    ("offered", ("help with", "can you offer", "help somebody", "help others", "können sie helfen", "kannst du helfen",
                 "puedes ayudar", "puede ayudar")),
    ("sought", ("career goal", "like to reach", "hope to learn", "want to achieve", "your goals", "like to achieve",
                "ihre ziele", "deine ziele", "möchten sie erreichen", "tus metas", "sus metas", "tus objetivos")),
    ("ideal", ("ideal mentor",)),
    ("languages", ("which languages", "languages do you", "welche sprachen", "qué idiomas")),
    ("availability", ("available", "have time")),
    ("timezone", ("time zone",)),
    ("last_name", ("last name", "surname", "family name")),
    ("first_name", ("first name", "your name")),
    ("site", ("where do you work", "which hospital", "which site", "your employer")),
    ("field", ("which field", "what field", "your field", "field of work", "field do you", "your profession",
               "what do you do", "welches fachgebiet", "ihr fachgebiet")),
)  # fmt: skip
"""What a question of a form is about, the surest words first; only headers that read like a question are looked at."""
_PLAIN: dict[str, tuple[str, ...]] = {
    "years": ("berufsjahre", "años"),
    "field": ("fachgebiet", "campo", "domaine"),
    "sought": ("ziele", "metas", "objetivos", "objectifs"),
    "languages": ("sprachen", "idiomas", "langues"),
}
"""Short names of a profile's columns beside the English ones, which the profile itself knows."""
_WHOLE = ("name", "full name", "your name")
"""A whole name in one cell; where another column has the first name, it is the name of the form's account."""
ASIDE = "-"
"""What whoever imports says of a column that nobody needs."""


def columns(header: Sequence[str], given: Mapping[str, str] | None = None) -> list[str]:
    """The name of each column. given: header, in small letters → name, as whoever imports says."""
    taken: list[str] = []
    for cell in header:
        taken.append(_column(plain(cell), given or {}, taken))
    return _one_name(header, _asked_email(taken) if is_form(header) else taken)


def is_form(header: Sequence[str]) -> bool:
    """Whether an online form made this sheet: it notes when each answer came."""
    return any(plain(cell) in STAMPS for cell in header)


def _asked_email(names: list[str]) -> list[str]:
    """Of the account's address and the one that was asked for, the latter."""
    places = [place for place, name in enumerate(names) if name == "email"]
    return [f"(email {n})" if n in places[:-1] else name for n, name in enumerate(names)]


def _one_name(header: Sequence[str], names: list[str]) -> list[str]:
    """Of a whole name and a first name, the latter."""
    if names.count("first_name") < 2:
        return names
    whole = [name == "first_name" and plain(cell) in _WHOLE for cell, name in zip(header, names, strict=True)]
    return [f"({plain(cell)})" if is_whole else name for cell, name, is_whole in zip(header, names, whole, strict=True)]


def plain(cell: str) -> str:
    """A header without marks and double spaces, in small letters."""
    return " ".join(cell.replace("\ufeff", "").strip().casefold().split())


def _column(name: str, given: Mapping[str, str], taken: Sequence[str]) -> str:
    if name in given:
        return f"({name})" if given[name] == ASIDE else given[name]
    exact = next((column for column, names in (SYNONYMS | OF_PROFILE | _PLAIN).items() if name in names), None)
    if exact and exact not in taken:
        return exact
    if name in SET_ASIDE:
        return f"({name})"
    return _asked(name, taken) or exact or name.replace(" ", "_")


def _asked(name: str, taken: Sequence[str]) -> str | None:
    """What a header of several words asks about."""
    words = len(name.split()) + name.endswith("?")
    for column, said in _KEYWORDS:
        # An address is asked for in a whole question: two words may be about somebody else's.
        is_open = words >= 3 if column == "email" else words >= 2 and column not in taken
        if is_open and any(phrase in name for phrase in said):
            return column
    return None
