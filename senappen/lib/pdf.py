"""HTML to PDF, without reaching for anything outside: style, fonts and pictures come from memory or our own files."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders

# Tagged, so that screen readers find headings and tables (ISO 14289-1).
VARIANT: Final = "pdf/ua-1"
_TYPES: Final = {".css": "text/css", ".woff2": "font/woff2"}


class Unavailable(Exception):
    """The machine lacks the libraries that lay out text (Pango)."""


@cache
def is_available() -> bool:
    """True where a PDF can be made. The first answer takes a second: the libraries are looked for."""
    try:
        _library()
    except Unavailable:
        return False
    return True


def render(html: str, pictures: Mapping[str, bytes], drawing: bytes) -> bytes:
    """The document. It may name `static:<path>` of our own files, `foto:<name>` of `pictures` (JPEG) and `marca:`, the
    drawing (SVG) behind every page; anything else is left out. Raises Unavailable."""
    weasyprint = _library()
    known = {**{f"foto:{name}": (content, "image/jpeg") for name, content in pictures.items()}}
    known["marca:"] = (drawing, "image/svg+xml")
    fetcher = _fetcher(weasyprint, known)
    made: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_variant=VARIANT)
    return made


def _library() -> Any:
    try:
        # Where Pango is missing, importing fails; only the dossier may fail with it.
        import weasyprint
    except OSError as error:
        raise Unavailable from error
    return weasyprint


def _fetcher(weasyprint: Any, known: Mapping[str, tuple[bytes, str]]) -> Any:
    answer: Any = weasyprint.urls.URLFetcherResponse

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        """Opens nothing but what it was given."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            content, kind = known[url] if url in known else _own(url)
            return answer(url, content, {"Content-Type": kind})

    return Fetcher()


def _own(url: str) -> tuple[bytes, str]:
    """A style sheet or font of ours. Raises ValueError for everything else, which leaves it out."""
    scheme, _, name = url.partition(":")
    found = finders.find(name) if scheme == "static" and Path(name).suffix in _TYPES else None
    if not isinstance(found, str):
        raise ValueError("Not a file of the document.")
    return Path(found).read_bytes(), _TYPES[Path(name).suffix]
