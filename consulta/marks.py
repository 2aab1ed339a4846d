"""The one exception to the rule that a consultation's answer carries a receipt."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def shows_no_person(view: View) -> View:
    """Mark a view of this app whose answers hold nothing about anybody (an empty form, the watermark)."""
    view.shows_no_person = True  # type: ignore[attr-defined]
    return view


def is_marked(view: Callable[..., Any]) -> bool:
    """True for a marked function, and for a view made of a marked class."""
    made_of = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return bool(getattr(view, "shows_no_person", False) or getattr(made_of, "shows_no_person", False))
