"""The watermark burnt into a photograph: who looked, from where, when, under which receipt."""

import io
import unicodedata
from typing import Final

from PIL import Image, ImageDraw, ImageFont

LONGEST_SIDE: Final = 800  # pixels: enough to recognise a face
MOST_PIXELS: Final = 40_000_000  # a picture larger than this is not a photograph of a person
QUALITY: Final = 85


class Unreadable(Exception):
    """The bytes are not a picture that can be shown."""


def marked(content: bytes, lines: tuple[str, ...]) -> bytes:
    """The picture as JPEG, at most 800 pixels a side, with the lines over it. Raises Unreadable."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unreadable
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            picture = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable from error
    out = io.BytesIO()
    Image.alpha_composite(picture, _layer(picture.size, lines)).convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _layer(size: tuple[int, int], lines: tuple[str, ...]) -> Image.Image:
    """Transparent, with the lines repeated across it on a slant, light with a dark edge: legible on any picture."""
    width, height = size
    reach = int((width**2 + height**2) ** 0.5) + 1
    points = max(9, width // 22)
    font = ImageFont.load_default(points)
    text = "   ".join(_plain(line) for line in lines)
    tile = Image.new("RGBA", (reach, reach), (0, 0, 0, 0))
    pen = ImageDraw.Draw(tile)
    length = max(1, int(pen.textlength(text, font=font))) + points * 3
    for row, y in enumerate(range(0, reach, points * 5)):
        for x in range(-length * (row % 3) // 3, reach, length):
            pen.text((x, y), text, font=font, fill=(255, 255, 255, 110), stroke_width=1, stroke_fill=(0, 0, 0, 80))
    turned = tile.rotate(24, resample=Image.Resampling.BILINEAR)
    left, top = (reach - width) // 2, (reach - height) // 2
    return turned.crop((left, top, left + width, top + height))


def _plain(text: str) -> str:
    """Without accents, which the font inside Pillow lacks."""
    kept = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(kept).encode("ascii", "replace").decode()
