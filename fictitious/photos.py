"""Drawn portraits: a cartoon bust under the word FICTÍCIO, with a bar code that makes each record's bytes unique.

A few busts are drawn once with Pillow as 4-bit indexed bitmaps; a portrait is one of them with its own palette
and bar code, so that it costs about a tenth of a millisecond. Nobody's likeness is in it.
"""

import hashlib
import struct
import zlib
from functools import cache
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 192, 240
BACK, SKIN, HAIR, SHIRT, INK, WHITE, SHADE, BEARD = range(8)
BAR_TOP, BAR_ROWS = 232, 8
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
    wide, tall, fringe = shape.randint(40, 50), shape.randint(54, 64), shape.randint(0, 10)
    if sex == "F":
        pen.ellipse((82 - wide, 44, 110 + wide, 184), fill=HAIR)
    pen.ellipse((20, 176, 172, 300), fill=SHIRT)
    pen.rectangle((80, 148, 112, 192), fill=SHADE)
    pen.ellipse((96 - wide, 104 - tall, 96 + wide, 108 + tall), fill=SKIN)
    pen.chord((94 - wide, 100 - tall, 98 + wide, 104 + tall // 2), 180, 360, fill=HAIR)
    pen.rectangle((104 - wide, 88 - fringe, 88 + wide, 104), fill=SKIN)
    if sex == "M" and variant % 3 == 0:
        pen.chord((100 - wide, 108, 92 + wide, 108 + tall), 20, 160, fill=BEARD)
    _face(pen, 16 if profile else 0)
    _write(image, "FICTÍCIO", 24, 206)
    pixels = image.tobytes()
    rows = (pixels[at : at + WIDTH] for at in range(0, WIDTH * BAR_TOP, WIDTH))
    return b"".join(b"\0" + bytes(row[x] << 4 | row[x + 1] for x in range(0, WIDTH, 2)) for row in rows)


def _face(pen: ImageDraw.ImageDraw, turned: int) -> None:
    for eye in (78 + turned, 114 + turned):
        pen.ellipse((eye - 8, 96, eye + 8, 110), fill=WHITE)
        pen.ellipse((eye - 3, 99, eye + 4, 107), fill=INK)
        pen.line((eye - 10, 88, eye + 10, 88), fill=INK, width=3)
    pen.line((96 + turned, 108, 92 + turned * 2, 126, 98 + turned, 128), fill=SHADE, width=3)
    pen.arc((80 + turned, 124, 112 + turned, 144), 20, 160, fill=INK, width=4)


def _write(image: Image.Image, text: str, left: int, top: int) -> None:
    """The word in letters of ten by fourteen pixels on a white band."""
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, top - 6, WIDTH, top + 22), fill=WHITE)
    for number, letter in enumerate(text):
        for row, bits in enumerate(LETTERS[letter]):
            for bit in range(5):
                if bits >> (4 - bit) & 1:
                    x, y = left + number * 18 + bit * 2, top + row * 2
                    pen.rectangle((x, y, x + 1, y + 1), fill=INK)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def portrait(rng: Random, sex: str, face: int, stamp: int, profile: bool = False) -> bytes:
    """A PNG of about two kilobytes; `face` keeps a human alike between photos, `stamp` (48 bits) makes it unique."""
    rgb = [
        BACKS[rng.randrange(len(BACKS))], SKINS[face % len(SKINS)], HAIRS[face // 7 % len(HAIRS)],
        SHIRTS[rng.randrange(len(SHIRTS))], (20, 20, 20), (255, 255, 255), (120, 90, 70), (40, 30, 25),
    ]  # fmt: skip
    bars = b"\0" + b"".join(b"\x55\x55" if bit == "1" else b"\x44\x44" for bit in f"{stamp & (1 << 48) - 1:048b}")
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0))
    palette = _chunk(b"PLTE", bytes(part for colour in rgb for part in colour))
    text = _chunk(b"tEXt", f"Comment\0FICTICIO {stamp}".encode("latin-1"))
    body = zlib.compress(_bust(sex, face % VARIANTS, profile) + bars * BAR_ROWS, 1)
    return b"\x89PNG\r\n\x1a\n" + head + palette + text + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def digest(image: bytes) -> str:
    return hashlib.sha256(image).hexdigest()
