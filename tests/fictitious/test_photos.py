"""Portraits are drawn, small, decodable and of unique bytes."""

import io
from random import Random

from PIL import Image

from fictitious import photos


def test_a_portrait_is_a_png_that_opens() -> None:
    image = Image.open(io.BytesIO(photos.portrait(Random(1), "F", 7, 1)))
    image.load()
    assert (image.format, image.size) == ("PNG", (photos.WIDTH, photos.HEIGHT))


def test_the_stamp_makes_the_bytes_unique() -> None:
    made = {photos.portrait(Random(1), "M", 7, stamp) for stamp in range(200)}
    assert len(made) == 200


def test_a_portrait_is_small() -> None:
    assert max(len(photos.portrait(Random(1), sex, face, 9)) for sex in "FM" for face in range(50)) < 4_096


def test_the_word_of_warning_is_in_the_picture() -> None:
    with_word = Image.open(io.BytesIO(photos.portrait(Random(1), "M", 1, 0))).crop((20, 206, 172, 222))
    inks = [pixel for pixel in with_word.tobytes() if pixel == photos.INK]
    assert len(inks) > 200
