"""The small language of rules: `mentor.years >= 5 and mentor.site != mentee.site`. Nothing of it is ever executed.

rule       = both { "or" both }          both = one { "and" one }
one        = "not" one | "(" rule ")" | comparison
comparison = sum ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "shares" ) sum | flag
sum        = value { ( "+" | "-" ) value }
value      = number | "text" | "mentor." attribute | "mentee." attribute
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coordinator.core.matching.profile import ATTRIBUTES, Profile

_TOKEN = re.compile(
    r"""\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|'([^']*)'|([A-Za-z_]+(?:\.[A-Za-z_]+)?)|(==|!=|<=|>=|[<>()+-]))"""
)
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "in": lambda a, b: a in b,
    "shares": lambda a, b: bool(set(a) & set(b)),
}
_SORTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(("==", "!="), (("number", "number"), ("text", "text"), ("flag", "flag"))),
    **dict.fromkeys(("<", "<=", ">", ">="), (("number", "number"),)),
    "in": (("text", "list"),),
    "shares": (("list", "list"),),
}
_TYPES = {"number": "a number", "text": "a text", "list": "a list", "flag": "true or false"}
_DEEPEST = 20


class RuleError(ValueError):
    """What is wrong with a rule and the way out; the place is added by whoever knows the file."""


@dataclass(frozen=True, kw_only=True)
class Constant:
    value: float | str
    sort: str


@dataclass(frozen=True, kw_only=True)
class Name:
    """who: "mentor" or "mentee"."""

    who: str
    attribute: str

    @property
    def sort(self) -> str:
        return ATTRIBUTES[self.attribute]

    def __str__(self) -> str:
        return f"{self.who}.{self.attribute}"


@dataclass(frozen=True, kw_only=True)
class Sum:
    left: "Value"
    right: "Value"
    sign: int
    sort: str = "number"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    left: "Value"
    sign: str
    right: "Value"


@dataclass(frozen=True, kw_only=True)
class Joined:
    """word: "and" or "or"."""

    word: str
    parts: tuple["Expression", ...]


@dataclass(frozen=True, kw_only=True)
class Denied:
    inner: "Expression"


Value = Constant | Name | Sum
Expression = Comparison | Joined | Denied | Name


def holds(rule: Expression, mentor: Profile, mentee: Profile) -> bool | None:
    """Whether the rule is met; None when nobody said what it asks about."""
    match rule:
        case Joined():
            found = [holds(part, mentor, mentee) for part in rule.parts]
            decisive = rule.word == "or"
            return decisive if decisive in found else None if None in found else not decisive
        case Denied():
            inner = holds(rule.inner, mentor, mentee)
            return None if inner is None else not inner
        case Comparison():
            left, right = _value(rule.left, mentor, mentee), _value(rule.right, mentor, mentee)
            return None if left is None or right is None else _ORDER[rule.sign](left, right)
        case Name():
            said = _value(rule, mentor, mentee)
            return None if said is None else bool(said)


def _value(value: Value, mentor: Profile, mentee: Profile) -> Any:
    match value:
        case Constant():
            return value.value
        case Sum():
            left, right = _value(value.left, mentor, mentee), _value(value.right, mentor, mentee)
            return None if left is None or right is None else left + value.sign * right
        case Name():
            said = getattr(mentor if value.who == "mentor" else mentee, value.attribute)
            return _plain(said)


def _plain(said: Any) -> Any:
    """In small letters; None for what nobody said."""
    if isinstance(said, str):
        return " ".join(said.casefold().split()) or None
    return tuple(_plain(one) for one in said) or None if isinstance(said, tuple) else said


def names(rule: "Expression | Value") -> Iterator[Name]:
    """Every attribute that it asks about."""
    match rule:
        case Name():
            yield rule
        case Joined():
            for part in rule.parts:
                yield from names(part)
        case Denied():
            yield from names(rule.inner)
        case Comparison() | Sum():
            yield from names(rule.left)
            yield from names(rule.right)


def comparisons(rule: Expression) -> Iterator[Comparison | Name]:
    """The single conditions that it is made of."""
    match rule:
        case Joined():
            for part in rule.parts:
                yield from comparisons(part)
        case Denied():
            yield from comparisons(rule.inner)
        case _:
            yield rule


def parsed(text: str) -> Expression:
    """The rule that a text says. RuleError with what is wrong, and where in the text."""
    reader = _Reader(list(_tokens(text)))
    rule = reader.rule(0)
    if reader.word:
        raise RuleError(f'"{reader.word}" does not belong there – join conditions with and, or')
    return rule


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """(sort, text) of each: "number", "text", "name" or "sign"."""
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise RuleError(f'"{text[at:].strip()[:20]}" cannot be read – such as mentor.years >= 5')
        number, double, single, name, sign = found.groups()
        quoted = double if double is not None else single
        for sort, said in (("number", number), ("text", quoted), ("name", name), ("sign", sign)):
            if said is not None:
                yield sort, said
        at = found.end()


class _Reader:
    """Reads a list of tokens from the left; each method takes what it names and leaves the rest."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def word(self) -> str:
        """The next token, "" at the end; a quoted text is never a word of the language."""
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _is(self, *words: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at][0] != "text" and self.word in words

    def _take(self) -> tuple[str, str]:
        if self._at == len(self._tokens):
            raise RuleError("it ends too early – such as mentor.years >= 5")
        self._at += 1
        return self._tokens[self._at - 1]

    def rule(self, depth: int) -> Expression:
        return self._joined("or", lambda: self._joined("and", lambda: self._one(depth)))

    def _joined(self, word: str, part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self._is(word):
            self._take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(word=word, parts=tuple(parts))

    def _one(self, depth: int) -> Expression:
        if depth > _DEEPEST:
            raise RuleError("too many brackets – make two rules of it")
        if self._is("not"):
            self._take()
            return Denied(inner=self._one(depth + 1))
        if self._is("("):
            self._take()
            rule = self.rule(depth + 1)
            if not self._is(")"):
                raise RuleError("a bracket is never closed – add )")
            self._take()
            return rule
        return self._comparison()

    def _comparison(self) -> Expression:
        left = self._sum()
        if not self._is(*_ORDER):
            if isinstance(left, Name) and left.sort == "flag":
                return left
            found = f'"{self.word}"' if self.word else "the end"
            raise RuleError(f"{found} where a comparison is expected – one of {', '.join(_ORDER)}")
        sign = self._take()[1]
        right = self._sum()
        if (left.sort, right.sort) not in _SORTS[sign]:
            fault = f'{_TYPES[left.sort]} and {_TYPES[right.sort]} cannot be compared with "{sign}"'
            raise RuleError(f"{fault} – {_way_out(left.sort, right.sort)}")
        return Comparison(left=left, sign=sign, right=right)

    def _sum(self) -> Value:
        value = self._value()
        while self._is("+", "-"):
            sign = 1 if self._take()[1] == "+" else -1
            right = self._value()
            if (value.sort, right.sort) != ("number", "number"):
                raise RuleError("only numbers are added and subtracted – years, capacity, offset")
            value = Sum(left=value, right=right, sign=sign)
        return value

    def _value(self) -> Value:
        sort, said = self._take()
        if sort == "number":
            return Constant(value=float(said), sort="number")
        if sort == "text":
            return Constant(value=" ".join(said.casefold().split()), sort="text")
        who, _, attribute = said.partition(".")
        if sort == "sign" or who not in ("mentor", "mentee") or not attribute:
            raise RuleError(f'"{said}" where a value is expected – mentor.years, mentee.site, a number or a "text"')
        if attribute not in ATTRIBUTES:
            raise RuleError(f'nobody has "{attribute}" – {_near(attribute)}')
        return Name(who=who, attribute=attribute)


def _way_out(left: str, right: str) -> str:
    if "list" in (left, right):
        return '"text" in mentor.languages, or mentor.languages shares mentee.languages'
    return "compare numbers with numbers and texts with texts"


def _near(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, ATTRIBUTES, n=1)
    return f'did you mean "{near[0]}"?' if near else f"there is: {', '.join(sorted(ATTRIBUTES))}"
