"""PDF files written byte by byte, without any library that the readers use."""

from __future__ import annotations

import zlib


class Pdf:
    """Pages of text, lines and pictures; places in points from the lower left corner, as PDF counts them.

    Latin text is in Helvetica; Chinese in STSong-Light, which every PDF reader knows by its name.
    """

    def __init__(self) -> None:
        self.objects: list[bytes] = []
        self.pages: list[int] = []
        self.tree = self.add(b"")
        self.latin = self.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
        descriptor = self.add(
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
            b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        )
        song = self.add(
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
            b"/Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor %d 0 R >>" % descriptor
        )
        self.chinese = self.add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H "
            b"/DescendantFonts [%d 0 R] >>" % song
        )

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def page(self, content: str, size: tuple[int, int] = (595, 842), rotate: int = 0, extra: str = "", more: str = "") -> Pdf:
        stream = zlib.compress(content.encode("latin-1"))
        at = self.add(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(stream), stream))
        self.pages.append(
            self.add(
                f"<< /Type /Page /Parent {self.tree} 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} "
                f"/Contents {at} 0 R /Resources << /Font << /L {self.latin} 0 R /C {self.chinese} 0 R >> {extra} >> "
                f"{more} >>".encode()
            )
        )
        return self

    def picture(self, width: int, height: int, rgb: bytes) -> int:
        data = zlib.compress(rgb)
        return self.add(
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 "
            b"/Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (width, height, len(data), data)
        )

    def bytes(self, catalogue: str = "") -> bytes:
        kids = " ".join(f"{page} 0 R" for page in self.pages)
        self.objects[self.tree - 1] = f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>".encode()
        root = self.add(f"<< /Type /Catalog /Pages {self.tree} 0 R {catalogue} >>".encode())
        out = bytearray(b"%PDF-1.7\n")
        places = []
        for number, body in enumerate(self.objects, start=1):
            places.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)
        return bytes(out)


def text(words: str, x: float, y: float, size: float = 12, more: str = "", matrix: str = "1 0 0 1") -> str:
    """Words at a place; `more` are operators set before them (colour, render mode)."""
    if words.isascii():
        shown, font = "(" + words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")", "L"
    else:
        shown, font = "<" + words.encode("utf-16-be").hex() + ">", "C"
    return f"q BT {more} /{font} {size} Tf {matrix} {x} {y} Tm {shown} Tj ET Q\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.7 w {x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: list[float], ys: list[float]) -> str:
    """A grid of lines at these places."""
    level = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return level + "".join(line(x, ys[0], x, ys[-1]) for x in xs)
