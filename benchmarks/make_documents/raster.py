"""Paper again: pages as a scanner or a telephone sees them, and the round stamp."""

from __future__ import annotations

import io
import math
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from PIL import Image, ImageDraw, ImageFilter, ImageFont

STAMP_FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"


def stamp(name: str, size: int = 420) -> bytes:
    """A round red stamp with its name on the arc and a star, transparent elsewhere, as PNG."""
    picture = Image.new("RGBA", (size, size))
    draw = ImageDraw.Draw(picture)
    red = (214, 20, 30, 235)
    draw.ellipse((8, 8, size - 8, size - 8), outline=red, width=12)
    middle = size / 2
    star = [(middle + r * math.sin(math.pi * i / 5), middle - r * math.cos(math.pi * i / 5))
            for i in range(10) for r in [size * (0.15 if i % 2 == 0 else 0.06)]]  # fmt: skip
    draw.polygon(star, fill=red)
    font = ImageFont.truetype(STAMP_FONT, int(size * 0.115))
    spread = min(270, 26 * len(name))
    for i, character in enumerate(name):
        angle = -spread / 2 + spread * i / max(1, len(name) - 1)
        tile = Image.new("RGBA", (size, size))
        ImageDraw.Draw(tile).text((middle, size * 0.13), character, font=font, fill=red, anchor="mm")
        picture = Image.alpha_composite(picture, tile.rotate(-angle, resample=Image.Resampling.BICUBIC))
    out = io.BytesIO()
    picture.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def pages(pdf: Path, dpi: int) -> list[Image.Image]:
    """The pages as pictures, by poppler."""
    folder = pdf.parent / f"{pdf.stem}-pages"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(folder / "p")], check=True)
    return [Image.open(path).convert("RGB") for path in sorted(folder.iterdir())]


def scanned(page: Image.Image, scan: dict[str, Any], rng: np.random.Generator) -> Image.Image:
    """One page through the scanner: turned by `skew` degrees, stamped at `stamp_at`, blurred, noisy, unevenly lit."""
    if scan.get("skew"):
        angle = scan["skew"] * (1 if rng.random() < 0.5 else -1) * (0.8 + 0.4 * rng.random())
        page = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=(250, 250, 248))
    if scan.get("blur"):
        page = page.filter(ImageFilter.GaussianBlur(scan["blur"]))
    values = np.asarray(page, dtype=np.float32)
    if scan.get("light"):  # a lamp on one side and a shadow on the other
        height, width = values.shape[:2]
        x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
        values = values * (1 - scan["light"] * (0.6 * x + 0.4 * y))[..., None]
    noise = rng.normal(0, scan.get("noise", 3), values.shape[:2])[..., None]
    return Image.fromarray(np.clip(values + noise, 0, 255).astype(np.uint8))


def pressed(page: Image.Image, picture: bytes, at: tuple[float, float], dpi: int) -> Image.Image:
    """The stamp multiplied onto the page, so that the words under it stay visible, as ink does."""
    mark = Image.open(io.BytesIO(picture)).convert("RGBA").resize((int(dpi * 1.65),) * 2)
    mark = mark.rotate(7, resample=Image.Resampling.BICUBIC)
    sheet = Image.new("RGB", page.size, "white")
    sheet.paste(mark, (int(page.width * at[0]), int(page.height * at[1])), mark)
    return Image.fromarray(((np.asarray(page, np.uint16) * np.asarray(sheet, np.uint16)) // 255).astype(np.uint8))


def encoded(page: Image.Image, scan: dict[str, Any], dpi: int) -> bytes:
    """As the device saves it: JPEG, or bilevel as an office machine's fax compression."""
    out = io.BytesIO()
    if scan.get("bilevel"):
        page.convert("L").point(lambda v: 255 if v > 165 else 0).convert("1").save(
            out, "TIFF", compression="group4", dpi=(dpi, dpi)
        )
    else:
        page.convert("RGB" if scan.get("colour") else "L").save(
            out, "JPEG", quality=scan.get("quality", 45), dpi=(dpi, dpi)
        )
    return out.getvalue()


def bound(pictures: list[bytes], target: Path, rotate: int) -> None:
    """The pictures as the pages of one PDF, without any text layer; a JPEG goes in as it is.

    `rotate`: the pages lie on their side in the file, and a viewer is told to turn them by so much clockwise.
    """
    if rotate:
        pictures = [_laid(picture, rotate) for picture in pictures]
    _written(pictures, target)
    if rotate:
        with pikepdf.open(target, allow_overwriting_input=True) as pdf:
            for page in pdf.pages:
                page.Rotate = rotate
            pdf.save(target)


def _laid(picture: bytes, rotate: int) -> bytes:
    """Turned the other way, so that a viewer turns it upright."""
    out = io.BytesIO()
    old = Image.open(io.BytesIO(picture))
    kind = {"format": "TIFF", "compression": "group4"} if old.mode == "1" else {"format": "JPEG", "quality": 60}
    old.rotate(rotate, expand=True).save(out, dpi=old.info["dpi"], **kind)
    return out.getvalue()


def _written(pictures: list[bytes], target: Path) -> None:
    opened = [Image.open(io.BytesIO(picture)) for picture in pictures]
    if opened[0].mode == "1":
        opened[0].save(target, "PDF", save_all=True, append_images=opened[1:], resolution=opened[0].info["dpi"][0])
        return
    with pikepdf.new() as pdf:
        for picture, data in zip(opened, pictures, strict=True):
            width, height = (size / picture.info["dpi"][0] * 72 for size in picture.size)
            image = pikepdf.Stream(pdf, data)
            image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            image.Width, image.Height, image.BitsPerComponent = *picture.size, 8
            image.ColorSpace = pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB
            image.Filter = pikepdf.Name.DCTDecode
            page = pdf.add_blank_page(page_size=(width, height))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
            page.Contents = pikepdf.Stream(pdf, f"{width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do".encode())
        pdf.save(target)
