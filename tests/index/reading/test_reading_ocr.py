"""Pictures of pages, drawn here with a font of the system, are read as they were written."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from pdf_maker import Pdf, text
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from index.documents.reading.limits import DEFAULT
from index.documents.reading.read import read_content
from index.documents.reading.types import Line, Page, Reading, Table

FONTS = sorted(
    path for place in ("/usr/share/fonts", "/usr/local/share/fonts") for path in Path(place).rglob("Noto*CJK*.ttc")
)
pytestmark = pytest.mark.skipif(not FONTS, reason="no font with Chinese letters to draw the pages with")

DPI = 200
WORDS = [
    "关于进一步做好小微企业续贷工作的通知",
    "第一条 为支持小微企业发展，根据有关法律法规，制定本办法。",
    "第二条 单户贷款余额不超过1000万元，期限最长3年，利率3.45%。",
    "（一）依法登记注册，正常经营12个月以上，信用记录良好；",
    "（二）没有重大违法违规行为，按时缴纳税款和社会保险费。",
    "Loans are priced at the loan prime rate plus 50 basis points.",
]


def drawn(lines: list[str] = WORDS, size: float = 14, more=None) -> Image.Image:
    """An A4 page at 200 dots per inch."""
    image = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONTS[0]), round(size * DPI / 72))
    for number, words in enumerate(lines):
        pen.text((200, 260 + number * 95), words, fill=(25, 25, 25), font=font)
    if more is not None:
        more(pen)
    return image.filter(ImageFilter.GaussianBlur(0.6))


def read(image: Image.Image, form: str = "PNG", **options) -> Reading:
    out = io.BytesIO()
    image.save(out, form, dpi=(DPI, DPI), **options)
    return read_content(out.getvalue(), "a", DEFAULT, lambda _page, _pages: None)


def words(page: Page) -> str:
    return "".join("".join(block.text.split()) for block in page.blocks if isinstance(block, Line))


def wrong(found: str, wanted: list[str]) -> float:
    """Share of the letters that must be changed, dropped or added (Levenshtein), brackets of either width alike."""
    alike = str.maketrans("（），：；", "(),:;")
    one, other = found.translate(alike), "".join("".join(wanted).split()).translate(alike)
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, row[0] = row[0], at
        for number, wanted_letter in enumerate(other, start=1):
            last, row[number] = row[number], min(row[number] + 1, row[number - 1] + 1, last + (letter != wanted_letter))
    return row[-1] / len(other)


def test_a_clean_page_is_read_with_its_confidence_and_places():
    (page,) = read(drawn()).pages
    assert wrong(words(page), WORDS) <= 0.03
    assert page.ocr
    assert page.confidence is not None
    assert 0.9 < page.confidence <= 1
    assert (page.width, page.height) == pytest.approx((595, 842), abs=1)
    for number, block in enumerate(page.blocks):
        assert isinstance(block, Line)
        assert block.confidence is not None
        assert block.confidence > 0.8
        assert block.box is not None
        # Drawn 200 pixels from the left, 260 + 95 n from above; 72/200 of that in points.
        assert block.box.x0 == pytest.approx(72, abs=9)  # a bracket has its ink half a letter further on
        assert block.box.y0 < (260 + 95 * number + 20) * 0.36 < block.box.y1
        assert block.size == pytest.approx(14, rel=0.25)


@pytest.mark.parametrize("degrees", [-3.0, 2.2])
def test_a_page_laid_askew_is_straightened(degrees):
    (page,) = read(drawn().rotate(degrees, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)).pages
    assert wrong(words(page), WORDS) <= 0.03
    assert all(0 <= block.box.x0 < block.box.x1 <= page.width + 1 for block in page.blocks)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_scanned_sideways_or_upside_down_is_turned(degrees):
    (page,) = read(drawn().rotate(degrees, expand=True)).pages
    assert wrong(words(page), WORDS) <= 0.03
    first = page.blocks[0].box  # where the title is on the picture as it came
    assert {90: first.x1 < 150, 180: first.y0 > 700, 270: first.x0 > 700}[degrees]


def test_what_the_camera_says_of_its_turn_is_followed():
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    drawn().rotate(90, expand=True).save(out, "JPEG", exif=exif, quality=92, dpi=(DPI, DPI))
    reading = read_content(out.getvalue(), "a", DEFAULT, lambda _page, _pages: None)
    assert wrong(words(reading.pages[0]), WORDS) <= 0.03


@pytest.mark.parametrize(("ink", "grey"), [((215, 40, 40), False), ((120, 120, 120), True)])
def test_a_seal_over_the_signature_hides_nothing_and_adds_nothing(ink, grey):
    lines = [*WORDS[:4], "", "某某市地方金融管理局", "2026年3月12日"]

    def seal(pen: ImageDraw.ImageDraw) -> None:
        pen.ellipse((330, 620, 660, 950), outline=ink, width=9)
        pen.text((440, 700), "★", fill=ink, font=ImageFont.truetype(str(FONTS[0]), 110))

    def page() -> Image.Image:
        under = drawn(lines)
        over = Image.new("RGB", under.size, "white")
        seal(ImageDraw.Draw(over))
        from PIL import ImageChops

        return ImageChops.multiply(under, over)  # ink on ink, as on paper

    (read_page,) = read(page()).pages
    assert wrong(words(read_page), lines) <= 0.03
    assert "2026年3月12日" in words(read_page)


def test_a_red_heading_is_no_seal():
    def heading(pen: ImageDraw.ImageDraw) -> None:
        pen.text((300, 120), "某某市人民政府文件", fill=(220, 20, 20), font=ImageFont.truetype(str(FONTS[0]), 110))
        pen.line((200, 250, 1450, 250), fill=(220, 20, 20), width=6)

    (page,) = read(drawn(more=heading)).pages
    assert page.blocks[0].text == "某某市人民政府文件"


def test_the_cells_of_a_ruled_table_are_told_apart():
    rows = [("银行", "最高额度", "期限"), ("甲银行", "300万元", "1年"), ("乙银行", "500万元", "3年")]

    def table(pen: ImageDraw.ImageDraw) -> None:
        font = ImageFont.truetype(str(FONTS[0]), 38)
        for y in range(4):
            pen.line((200, 1000 + y * 90, 1400, 1000 + y * 90), fill="black", width=3)
        for x in range(4):
            pen.line((200 + x * 400, 1000, 200 + x * 400, 1270), fill="black", width=3)
        for (y, row), (x, _) in itertools.product(enumerate(rows), enumerate(rows[0])):
            pen.text((240 + x * 400, 1020 + y * 90), row[x], fill="black", font=font)

    (page,) = read(drawn(WORDS[:3], more=table)).pages
    (found,) = [block for block in page.blocks if isinstance(block, Table)]
    assert (found.header, found.rows) == (rows[0], tuple(rows[1:]))
    assert found.confidence is not None


def test_every_picture_of_a_tiff_is_a_page():
    reading = read(drawn(WORDS[:2]), "TIFF", save_all=True, append_images=[drawn(WORDS[2:4])])
    assert [wrong(words(page), wanted) <= 0.04 for page, wanted in zip(reading.pages, (WORDS[:2], WORDS[2:4]), strict=True)] == [True] * 2
    assert reading.paged


def test_only_pages_of_a_pdf_without_text_are_read_from_their_picture():
    pdf = Pdf()
    image = drawn(WORDS[:3])
    scan = pdf.picture(*image.size, image.tobytes())
    pdf.page(text("这一页有自己的文字，不需要识别", 72, 700))
    pdf.page("q 595 0 0 842 0 0 cm /S Do Q\n", extra=f"/XObject << /S {scan} 0 R >>")
    reading = read_content(pdf.bytes(), "a", DEFAULT, lambda _page, _pages: None)
    assert [page.ocr for page in reading.pages] == [False, True]
    assert wrong(words(reading.pages[1]), WORDS[:3]) <= 0.03


def test_a_picture_of_nothing_says_so():
    from index.errors import RefusedFileError

    with pytest.raises(RefusedFileError) as caught:
        read(Image.new("RGB", (800, 1000), "white"))
    assert caught.value.code == "nothing-readable"
