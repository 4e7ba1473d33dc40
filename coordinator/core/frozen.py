"""A changed copy of a frozen record, at a fifth of the price: a tick makes fifty of them for each message."""

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace
else:

    def replace(record: Any, /, **changes: Any) -> Any:
        """As `dataclasses.replace`, which sets every field by itself. TypeError for a field that it does not have."""
        values = getattr(record, "__dict__", None)
        fields = record.__dataclass_fields__
        if values is None or hasattr(record, "__post_init__"):
            return dataclasses.replace(record, **changes)
        if len(values) != len(fields):  # something was worked out and kept beside the fields
            values = {name: values[name] for name in fields}
        copied = {**values, **changes}
        if len(copied) != len(fields):
            raise TypeError(f"{type(record).__name__} has no {', '.join(sorted(changes.keys() - fields.keys()))}")
        fresh = object.__new__(type(record))
        object.__setattr__(fresh, "__dict__", copied)
        return fresh


__all__ = ["replace"]
