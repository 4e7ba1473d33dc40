"""Which items a FindItem means: restrictions and sort orders."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from tests.servers.exchange.shapes import CLASSES, property_key, property_of
from tests.servers.exchange.soap import Element, RefusedError, T, local
from tests.servers.exchange.store import Item, instant


def matches(item: Item, condition: Element) -> bool:
    """RefusedError for a property that Exchange cannot search for."""
    match local(condition):
        case "And":
            return all(matches(item, one) for one in condition)
        case "Or":
            return any(matches(item, one) for one in condition)
        case "Not":
            return not matches(item, condition[0])
        case "Exists":
            return _value(item, condition[0]) is not None
        case "Contains":
            return _contains(item, condition)
        case name:
            return _compared(name, _value(item, condition[0]), _constant(condition[1]))


def _contains(item: Item, condition: Element) -> bool:
    value, word = _value(item, condition[0]), _constant(condition[1])
    if value is None:
        return False
    if condition.get("ContainmentComparison", "").startswith("IgnoreCase"):
        value, word = value.casefold(), word.casefold()
    mode = condition.get("ContainmentMode")
    return value.startswith(word) if mode == "Prefixed" else value == word if mode == "FullString" else word in value


def _compared(name: str, value: str | None, constant: str) -> bool:
    if value is None:
        return name == "IsNotEqualTo"
    left, right = _comparable(value), _comparable(constant)
    match name:
        case "IsEqualTo":
            return bool(left == right)
        case "IsNotEqualTo":
            return bool(left != right)
        case "IsGreaterThan":
            return bool(left > right)
        case "IsGreaterThanOrEqualTo":
            return bool(left >= right)
        case "IsLessThan":
            return bool(left < right)
        case "IsLessThanOrEqualTo":
            return bool(left <= right)
    raise RefusedError("ErrorInvalidRestriction", name)


def _comparable(text: str) -> Any:
    if text.isdigit():
        return int(text)
    try:
        return instant(text) if "T" in text else text
    except ValueError:
        return text


def _value(item: Item, uri: Element) -> str | None:
    if local(uri) == "ExtendedFieldURI":
        return property_of(item, property_key(uri))
    name = uri.get("FieldURI").partition(":")[2]
    if name == "UID":
        # As the real one: the UID of a meeting cannot be searched for.
        raise RefusedError(
            "ErrorUnsupportedPathForQuery", "The property can not be used with this type of restriction."
        )
    if name == "ItemClass":
        return str(item.values.get("ItemClass", CLASSES[item.kind]))
    value = item.values.get(name)
    return value if isinstance(value, str) else None


def _constant(element: Element) -> str:
    constant = element if local(element) == "Constant" else element.find(f"{{{T}}}Constant")
    return str(constant.get("Value"))


def ordered(items: Sequence[Item], order: Element | None) -> list[Item]:
    """Newest first where nothing is asked for, as the real one."""
    found = sorted(items, key=lambda item: item.serial)
    if order is None:
        return found[::-1]
    for rule in reversed(order):
        descending = rule.get("Order") == "Descending"
        found.sort(key=partial(_sortable, rule[0]), reverse=descending)
    return found


def _sortable(uri: Element, item: Item) -> Any:
    if local(uri) == "ExtendedFieldURI":
        value = property_of(item, property_key(uri)) or ""
        return (not value.isdigit(), int(value) if value.isdigit() else 0, value)
    name = uri.get("FieldURI").partition(":")[2]
    if name == "DateTimeReceived":
        return item.received
    value = item.values.get(name, "")
    return instant(value) if name in {"Start", "End"} else str(value)
