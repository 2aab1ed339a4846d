"""Drawn portraits: a cartoon bust under the word FICTÍCIO, with a bar code that makes each record's bytes unique.

A few busts are drawn once with Pillow as 4-bit indexed bitmaps; a portrait is one of them with its own palette
and bar code, so that it costs a tenth of a millisecond. Nobody's likeness is in it.
"""

import hashlib
import struct
import zlib
from functools import cache
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 96, 120
BACK, SKIN, HAIR, SHIRT, INK, WHITE, SHADE, BEARD = range(8)
BAR_TOP, BAR_ROWS = 116, 4
SKINS = ((255, 219, 172), (241, 194, 125), (224, 172, 105), (198, 134, 66), (141, 85, 36), (92, 58, 30))
HAIRS = ((30, 24, 20), (60, 40, 25), (110, 70, 35), (150, 150, 150), (200, 160, 80))
SHIRTS = ((240, 120, 40), (250, 210, 60), (90, 140, 220), (120, 190, 120), (230, 230, 230))
BACKS = ((205, 222, 235), (226, 226, 218), (216, 232, 214))
# Letters of FICTÍCIO, 5 × 7, a bit per pixel: drawn here so that no font decides the bytes.
LETTERS = {
    "F": (31, 16, 16, 30, 16, 16, 16),
    "I": (14, 4, 4, 4, 4, 4, 14),
    "C": (14, 17, 16, 16, 16, 17, 14),
    "T": (31, 4, 4, 4, 4, 4, 4),
    "Í": (2, 4, 0, 14, 4, 4, 14),
    "O": (14, 17, 17, 17, 17, 17, 14),
}
VARIANTS = 8


@cache
def _bust(sex: str, variant: int, profile: bool) -> bytes:
    """Scanlines of one bust, two pixels a byte, each after its PNG filter byte."""
    image = Image.new("P", (WIDTH, HEIGHT), BACK)
    pen = ImageDraw.Draw(image)
    shape = Random(f"bust:{sex}:{variant}")
    wide, tall = shape.randint(20, 25), shape.randint(27, 32)
    shift = 8 if profile else 0
    if sex == "F":
        pen.ellipse((48 - wide - 7, 22, 48 + wide + 7, 92), fill=HAIR)
    pen.ellipse((10, 88, 86, 150), fill=SHIRT)
    pen.rectangle((40, 74, 56, 96), fill=SHADE)
    pen.ellipse((48 - wide, 52 - tall, 48 + wide, 54 + tall), fill=SKIN)
    pen.chord((48 - wide - 1, 50 - tall, 48 + wide + 1, 52 + tall // 2), 180, 360, fill=HAIR)
    pen.rectangle((48 - wide + 4, 44 - shape.randint(0, 5), 48 + wide - 4, 52), fill=SKIN)
    for eye in (39, 57):
        pen.ellipse((eye - 4 + shift, 48, eye + 4 + shift, 55), fill=WHITE)
        pen.ellipse((eye - 1 + shift, 50, eye + 2 + shift, 54), fill=INK)
    pen.line((48 + shift, 54, 46 + shift * 2, 63, 49 + shift, 64), fill=SHADE, width=2)
    if sex == "M" and variant % 3 == 0:
        pen.chord((48 - wide + 2, 54, 48 + wide - 2, 54 + tall), 20, 160, fill=BEARD)
    pen.arc((40 + shift, 62, 56 + shift, 72), 20, 160, fill=INK, width=2)
    _write(image, "FICTÍCIO", 14, 104)
    pixels = image.tobytes()
    rows = (pixels[at : at + WIDTH] for at in range(0, WIDTH * BAR_TOP, WIDTH))
    return b"".join(b"\0" + bytes(row[x] << 4 | row[x + 1] for x in range(0, WIDTH, 2)) for row in rows)


def _write(image: Image.Image, text: str, left: int, top: int) -> None:
    ImageDraw.Draw(image).rectangle((0, top - 3, WIDTH, top + 10), fill=WHITE)
    for number, letter in enumerate(text):
        for y, bits in enumerate(LETTERS[letter]):
            for x in range(5):
                if bits >> (4 - x) & 1:
                    image.putpixel((left + number * 9 + x, top + y), INK)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def portrait(rng: Random, sex: str, face: int, stamp: int, profile: bool = False) -> bytes:
    """A PNG of about one kilobyte; `face` keeps a human alike between photos, `stamp` (64 bits) makes it unique."""
    rgb = [
        BACKS[rng.randrange(len(BACKS))], SKINS[face % len(SKINS)], HAIRS[face // 7 % len(HAIRS)],
        SHIRTS[rng.randrange(len(SHIRTS))], (20, 20, 20), (255, 255, 255), (120, 90, 70), (40, 30, 25),
    ]  # fmt: skip
    bars = b"\0" + b"".join(b"\x55\x55" if bit == "1" else b"\x44\x44" for bit in f"{stamp & (1 << 24) - 1:024b}")
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0))
    palette = _chunk(b"PLTE", bytes(part for colour in rgb for part in colour))
    text = _chunk(b"tEXt", f"Comment\0FICTICIO {stamp}".encode("latin-1"))
    body = zlib.compress(_bust(sex, face % VARIANTS, profile) + bars * BAR_ROWS, 1)
    return b"\x89PNG\r\n\x1a\n" + head + palette + text + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def digest(image: bytes) -> str:
    return hashlib.sha256(image).hexdigest()
