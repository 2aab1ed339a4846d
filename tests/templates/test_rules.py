"""What the strict Content-Security-Policy and the screen's conventions ask of every template and sheet."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("templates/**/*.svg")])
COMPONENTS = sorted(ROOT.glob("templates/components/*.html"))
STATIC = sorted([*ROOT.glob("static/css/*.css"), *ROOT.glob("static/js/*.js")])

INLINE = re.compile(r"""<style|\sstyle=|\son[a-z]+=["']|\shx-on|javascript:|<script(?![^>]*\ssrc=)""", re.IGNORECASE)
OUTSIDE = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9-]+\.[a-z]""", re.IGNORECASE)
ICON = re.compile(r'components/icon\.html" with name="([^"]+)"')


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_has_nothing_inline(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *STATIC], ids=_name)
def test_nothing_points_outside_the_platform(path: Path) -> None:
    assert OUTSIDE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", COMPONENTS, ids=_name)
def test_a_component_documents_its_parameters(path: Path) -> None:
    assert "{% comment %}" in path.read_text()


def test_every_icon_drawn_is_in_the_sprite() -> None:
    listed = set(json.loads((ROOT / "scripts/icons.json").read_text()))
    drawn = {name for path in TEMPLATES for name in ICON.findall(path.read_text())}
    assert drawn - listed == set()


def test_the_browser_keeps_only_theme_and_keys() -> None:
    stores = re.findall(r'STORE = "([^"]+)"', "".join(path.read_text() for path in STATIC))
    elsewhere = [
        path.name for path in STATIC if re.search(r"sessionStorage|indexedDB|document\.cookie", path.read_text())
    ]
    assert (sorted(stores), elsewhere) == (["keys", "theme"], [])
