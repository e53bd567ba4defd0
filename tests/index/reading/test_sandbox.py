"""A bad file ends only its own process, says why, and reaches nothing."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from docx import Document
from openpyxl import Workbook
from pdf_maker import Pdf, text
from PIL import Image
from pypdf import PdfReader, PdfWriter

from index.documents.reading.limits import DEFAULT, Limits
from index.documents.reading.sandbox import read_apart, render_apart
from index.documents.reading.types import Format
from index.errors import OverLimitError, ReaderStoppedError, ReadingError, RefusedFileError

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def rooms(tmp_path, monkeypatch) -> Iterator[Path]:
    """Where reading processes get their rooms; nothing may be left of them."""
    place = tmp_path / "rooms"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield place
    assert list(place.iterdir()) == []
    left = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    assert [child.cmdline() for child in left if "index.documents.reading.child" in " ".join(child.cmdline())] == []


def code(path: Path, limits: Limits = DEFAULT) -> str:
    with pytest.raises(ReadingError) as caught:
        read_apart(path, limits)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.zh)
    assert caught.value.en.endswith(".")
    return caught.value.code


def outcome(path: Path) -> str:
    """The first line, or the reason why there is none."""
    try:
        return str(read_apart(path).pages[0].blocks[0].text)
    except ReadingError as error:
        return error.code


def saved(place: Path, content: bytes) -> Path:
    place.write_bytes(content)
    return place


def plain_pdf() -> bytes:
    return Pdf().page(text("正文第一行在这里", 72, 700)).bytes()


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(content: bytes, changes: dict[str, bytes], renamed: dict[str, str] | None = None) -> bytes:
    """The same package with some of its parts changed, added or renamed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr((renamed or {}).get(name, name), changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return out.getvalue()


# --- what comes back ------------------------------------------------------------------------------


def test_a_reading_comes_back_whole_with_its_progress(tmp_path):
    heard: list[tuple[int, int]] = []
    pdf = Pdf().page(text("第一页", 72, 700)).page(text("第二页", 72, 700)).bytes()
    reading = read_apart(saved(tmp_path / "a.pdf", pdf), on_progress=lambda page, pages: heard.append((page, pages)))
    assert reading.format is Format.PDF
    assert [[block.text for block in page.blocks] for page in reading.pages] == [["第一页"], ["第二页"]]
    assert reading.pages[0].blocks[0].box.x0 == pytest.approx(72, abs=1)
    assert heard == [(1, 2), (2, 2)]


@pytest.mark.parametrize("name", ["../../x.txt", "x" * 240 + ".txt", "a\x01\x1b[31m\n.txt", "🦊资料.txt", "-rf.txt"])
def test_no_name_of_a_file_does_harm(tmp_path, name):
    path = tmp_path / name.replace("../../", "..%2f")
    assert [block.text for block in read_apart(saved(path, "第一条".encode())).pages[0].blocks] == ["第一条"]


@pytest.mark.parametrize("name", ["报告.pdf", "报告.docx", "报告.xlsx", "报告.png", "报告", "报告.exe"])
def test_content_decides_and_not_the_name(tmp_path, name):
    assert read_apart(saved(tmp_path / name, plain_pdf())).format is Format.PDF


def test_a_page_is_drawn_as_png(tmp_path):
    picture = Image.open(io.BytesIO(render_apart(saved(tmp_path / "a.pdf", plain_pdf()), 1, 72)))
    assert (picture.format, picture.size) == ("PNG", (595, 842))
    assert min(picture.convert("L").crop((70, 130, 180, 145)).tobytes()) < 100  # there is ink where the words are


def test_a_picture_is_drawn_anew_without_what_its_file_carried(tmp_path):
    out = io.BytesIO()
    image = Image.new("RGB", (400, 300), "white")
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    image.save(out, "JPEG", exif=exif)
    drawn = render_apart(saved(tmp_path / "a.jpg", out.getvalue() + b"<script>trailing</script>"), 1, 300)
    assert Image.open(io.BytesIO(drawn)).format == "PNG"
    assert b"secret" not in drawn
    assert b"script" not in drawn


@pytest.mark.parametrize(("page", "reason"), [(0, "no-such-page"), (2, "no-such-page")])
def test_a_page_that_is_not_there_is_not_drawn(tmp_path, page, reason):
    with pytest.raises(RefusedFileError) as caught:
        render_apart(saved(tmp_path / "a.pdf", plain_pdf()), page)
    assert caught.value.code == reason


def test_text_has_no_pictures_of_pages(tmp_path):
    with pytest.raises(RefusedFileError) as caught:
        render_apart(saved(tmp_path / "a.txt", b"words"), 1)
    assert caught.value.code == "not-rendered"


# --- files that are refused -----------------------------------------------------------------------


def test_an_empty_file(tmp_path):
    assert code(saved(tmp_path / "a.pdf", b"")) == "empty"
    assert code(saved(tmp_path / "b.txt", b"\xef\xbb\xbf \r\n")) == "empty"


def test_what_is_no_file(tmp_path):
    assert code(tmp_path / "none.pdf") == "missing"
    assert code(tmp_path) == "not-a-file"
    os.mkfifo(tmp_path / "pipe.pdf")
    assert code(tmp_path / "pipe.pdf") == "not-a-file"
    assert code(Path("/dev/zero")) == "not-a-file"


def test_two_hundred_megabytes_are_refused_before_they_are_read(tmp_path):
    with (tmp_path / "a.pdf").open("wb") as file:
        file.write(plain_pdf())
        file.truncate(200 * 1024 * 1024)
    begun = time.monotonic()
    assert code(tmp_path / "a.pdf") == "too-many-bytes"
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_needs_a_password(tmp_path, algorithm):
    pytest.importorskip("cryptography", reason="pypdf makes AES files with it")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain_pdf())))
    writer.encrypt("secret", algorithm=algorithm)
    writer.write(tmp_path / "a.pdf")
    assert code(tmp_path / "a.pdf") == "encrypted"


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain_pdf())))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert [block.text for block in read_apart(tmp_path / "a.pdf").pages[0].blocks] == ["正文第一行在这里"]


@pytest.mark.parametrize("stream", ["EncryptedPackage", "WordDocument", "Workbook"])
def test_files_of_the_old_kind_and_locked_ones(tmp_path, stream):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + stream.encode("utf-16-le") + bytes(1000)
    assert code(saved(tmp_path / "a.doc", content)) == ("encrypted" if "Enc" in stream else "legacy-office")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_files_that_end_too_early(tmp_path, part):
    word = docx("第一条 " + "甲" * 2000)
    assert code(saved(tmp_path / "a.docx", word[: int(len(word) * part)])) == "damaged"


def test_a_pdf_that_ends_too_early_is_mended_or_refused(tmp_path):
    pdf = plain_pdf()
    for part in (0.2, 0.5, 0.8, 0.97):
        path = saved(tmp_path / "a.pdf", pdf[: int(len(pdf) * part)])
        assert outcome(path) in ("damaged", "nothing-readable", "正文第一行在这里")


def test_page_trees_that_lead_back_to_themselves(tmp_path):
    pdf = plain_pdf()
    kids = pdf[pdf.index(b"/Kids [") : pdf.index(b"]", pdf.index(b"/Kids [")) + 1]
    cyclic = pdf.replace(kids, b"/Kids [1 0 R]".ljust(len(kids)))
    assert code(saved(tmp_path / "a.pdf", cyclic)) in ("damaged", "nothing-readable")


def test_ten_thousand_pages(tmp_path):
    pdf = Pdf().page(text("一页", 72, 700))
    pdf.pages *= 10_000
    assert code(saved(tmp_path / "a.pdf", pdf.bytes())) == "too-many-pages"


@pytest.mark.parametrize("name", ["archive.zip", "a.tar.gz", "a.rar", "a.7z"])
def test_archives(tmp_path, name):
    heads = {"a.tar.gz": b"\x1f\x8b\x08\x00", "a.rar": b"Rar!\x1a\x07\x00", "a.7z": b"7z\xbc\xaf'\x1c"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", plain_pdf())
    assert code(saved(tmp_path / name, heads.get(name, b"") + bytes(99) if name in heads else out.getvalue())) == "archive"


@pytest.mark.parametrize("content", [b"MZ\x90\x00" + bytes(200), b"\x7fELF" + bytes(200), bytes(range(256)) * 40])
def test_programs_and_noise(tmp_path, content):
    assert code(saved(tmp_path / "a.pdf", content)) in ("other-format", "unknown-format")


def test_an_svg_is_no_picture_we_open(tmp_path):
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><text>x</text></svg>'
    assert code(saved(tmp_path / "a.png", svg)) == "other-format"


# --- packages that mean harm ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../../../evil.xml", "/etc/evil", "C:\\evil.xml", "word\\..\\..\\evil.xml"])
def test_entries_that_lead_outside(tmp_path, name):
    content = repacked(docx("正文"), {name: b"evil"})
    assert code(saved(tmp_path / "a.docx", content)) == "unsafe-archive"
    assert not list(tmp_path.rglob("evil*"))


def test_a_package_that_expands_to_gigabytes(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx("正文"))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        with new.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(2_000):
                part.write(b" " * 1024 * 1024)
    assert code(saved(tmp_path / "a.docx", out.getvalue())) == "expands-too-far"


def test_a_package_that_lies_about_its_sizes(tmp_path):
    bomb = repacked(docx("正文"), {"word/media/a.xml": b"0" * 30_000_000})
    where = bomb.rindex(b"PK\x01\x02", 0, bomb.rindex(b"word/media/a.xml"))
    lying = bomb[: where + 24] + (100).to_bytes(4, "little") + bomb[where + 28 :]  # its expanded size
    assert code(saved(tmp_path / "a.docx", lying)) in ("expands-too-far", "damaged")


def test_a_package_of_very_many_entries(tmp_path):
    content = repacked(docx("正文"), {f"word/media/{number}.png": b"x" for number in range(6_000)})
    assert code(saved(tmp_path / "a.docx", content)) == "expands-too-far"


def laughing() -> bytes:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a9;</x>'.encode()


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "docProps/core.xml", "word/_rels/document.xml.rels"])
def test_entities_of_any_kind(tmp_path, part, coding):
    outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    for content in (outside.encode(coding), laughing().decode().encode(coding)):
        assert code(saved(tmp_path / "a.docx", repacked(docx("正文"), {part: content}))) == "external-entities"


def test_a_document_with_macros_is_read_and_they_are_named(tmp_path):
    word = docx("第一条 正文")
    types = zipfile.ZipFile(io.BytesIO(word)).read("[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    content = repacked(word, {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0AutoOpen"})
    reading = read_apart(saved(tmp_path / "a.docm", content))
    assert [block.text for block in reading.pages[0].blocks] == ["第一条 正文"]
    assert reading.warnings == ("macros",)


def test_elements_within_elements_without_end(tmp_path):
    assert code(saved(tmp_path / "a.html", b"<html><body>" + b"<div>" * 300_000 + b"x")) in ("too-deep", "crashed")
    deep = b"<w:p>" + b"<w:ins>" * 5_000 + b"<w:r><w:t>x</w:t></w:r>" + b"</w:ins>" * 5_000 + b"</w:p>"
    document = zipfile.ZipFile(io.BytesIO(docx("正文"))).read("word/document.xml")
    at = document.index(b"<w:p>") if b"<w:p>" in document else document.index(b"<w:p ")
    content = repacked(docx("正文"), {"word/document.xml": document[:at] + deep + document[at:]})
    assert code(saved(tmp_path / "a.docx", content)) in ("too-deep", "damaged")


# --- cost -----------------------------------------------------------------------------------------


def test_a_picture_of_too_many_points(tmp_path):
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert code(saved(tmp_path / "a.png", out.getvalue())) == "too-many-pixels"


def test_a_stream_that_inflates_without_end_costs_bounded_memory(tmp_path):
    pdf = Pdf()
    pdf.page("1 0 0 rg 0 0 9 9 re f\n" * 30_000_000)  # 660 MB in less than one
    with Watch() as watch:
        code(saved(tmp_path / "a.pdf", pdf.bytes()), Limits(seconds=30, seconds_per_page=10, memory=1_500_000_000))
    assert watch.most < 1_600_000_000


def test_a_sheet_with_cells_at_the_far_corner_is_read_at_once(tmp_path):
    book = Workbook()
    book.active["A1"], book.active["B1"], book.active["A2"], book.active["B2"] = "项目", "金额", "甲", 1
    book.active["XFD1048576"] = "角落"
    book.save(tmp_path / "a.xlsx")
    begun = time.monotonic()
    reading = read_apart(tmp_path / "a.xlsx")
    assert time.monotonic() - begun < 20
    assert "角落" in str(reading.pages[0].blocks)


def test_spans_that_claim_millions_of_cells(tmp_path):
    row = b"<tr>" + b"<td colspan=1000 rowspan=60000>x</td>" * 40 + b"</tr>"
    assert code(saved(tmp_path / "a.html", b"<html><table>" + row * 400 + b"</table>")) == "too-many-cells"


def test_a_reader_without_progress_is_stopped_by_the_clock(tmp_path):
    begun = time.monotonic()
    limits = Limits(seconds=0.05, seconds_per_page=60)
    assert code(saved(tmp_path / "a.pdf", plain_pdf()), limits) == "timeout"
    assert code(saved(tmp_path / "a.pdf", plain_pdf()), Limits(seconds=60, seconds_per_page=0.05)) == "timeout"
    assert time.monotonic() - begun < 5


def test_a_reader_without_memory_says_so(tmp_path):
    book = "\n".join("甲" * 60 for _ in range(250_000)).encode()
    reason = code(saved(tmp_path / "a.txt", book), Limits(memory=260_000_000, characters=100_000_000))
    assert reason in ("out-of-memory", "crashed")


class Watch:
    """The most memory that reading processes held at any moment, in bytes."""

    def __init__(self) -> None:
        self.most = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.05):
            for child in psutil.Process().children():
                try:
                    self.most = max(self.most, child.memory_info().rss)
                except psutil.Error:
                    continue


# --- reaching out ---------------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on this machine that must hear of nobody."""
    heard: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    heard.append(server.accept()[1])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        done.set()
        thread.join()


def test_no_file_makes_its_reader_call_anyone(tmp_path, listener):
    port, heard = listener
    url = f"http://127.0.0.1:{port}/x"
    html = (
        f'<html><head><link rel=stylesheet href="{url}"><script src="{url}"></script><base href="{url}"></head><body>'
        f'<p>正文</p><img src="{url}" onerror="alert(1)"><iframe src="{url}"></iframe><object data="{url}"></object>'
        f'<svg><image href="{url}"/></svg><meta http-equiv=refresh content="0;url={url}"><script>alert(1)</script></body>'
    )
    rels = zipfile.ZipFile(io.BytesIO(docx("正文"))).read("word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        f'Target="{url}" TargetMode="External"/></Relationships>'.encode(),
    )
    files = {
        "a.html": html.encode(),
        "a.md": f"# 正文\n\n![x]({url}) [y]({url})\n\n<img src={url}>\n".encode(),
        "a.docx": repacked(docx("正文"), {"word/_rels/document.xml.rels": rels}),
        "a.pdf": Pdf().page(text("正文", 72, 700)).bytes(f"/OpenAction << /S /URI /URI ({url}) >>"),
    }
    for name, content in files.items():
        reading = read_apart(saved(tmp_path / name, content))
        assert reading.pages[0].blocks[0].text == "正文"
        assert "alert" not in str(reading)
        if name == "a.docx":
            assert reading.warnings == ("external-links",)
        if name == "a.pdf":
            assert reading.warnings == ("scripts",)
            render_apart(tmp_path / name, 1)
    time.sleep(0.2)
    assert heard == []


CONFINED = """
import sys; sys.path.append({root!r})
from pathlib import Path
from index.documents.reading.confinement import forbid, leave_network
if {apart}: leave_network()
forbid(Path.cwd(), [Path(sys.prefix), Path(sys.base_prefix), Path({root!r})])
{attempt}
"""
ATTEMPTS = {
    "connect": "import socket; socket.create_connection(('127.0.0.1', {port}))",
    "send": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))",
    "look up a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "fetch": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}/')",
    "start a program": "import subprocess; subprocess.run(['true'])",
    "run a shell": "import os; os.system('true')",
    "fork": "import os; os.fork()",
    "read elsewhere": "open('/etc/passwd')",
    "read a key": "open({secret!r})",
    "write elsewhere": "open({outside!r}, 'w')",
    "write through a descriptor": "import os; os.open({outside!r}, os.O_WRONLY | os.O_CREAT)",
    "make a directory": "import os; os.mkdir({outside!r})",
    "remove": "import os; os.remove({secret!r})",
    "rename": "import os; os.rename({secret!r}, 'here')",
    "step out": "open('../out', 'w')",
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_a_reading_process_is_denied(tmp_path, listener, attempt):
    port, heard = listener
    room, secret = tmp_path / "room", saved(tmp_path / "secret", b"key")
    room.mkdir()
    tried = ATTEMPTS[attempt].format(port=port, secret=str(secret), outside=str(tmp_path / "outside"))
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", CONFINED.format(root=str(ROOT), attempt=tried, apart=False)],
        cwd=room, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "ForbiddenError" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["room", "rooms", "secret"]
    assert secret.read_bytes() == b"key"
    assert heard == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="networks of one's own are a thing of Linux")
def test_not_even_code_beside_python_finds_a_network(tmp_path, listener):
    """Through ctypes no audit hook is asked; the process has a network without any other end."""
    port, heard = listener
    tried = (
        "import ctypes, struct; libc = ctypes.CDLL(None, use_errno=True); s = libc.socket(2, 1, 0)\n"
        f"print(libc.connect(s, struct.pack('<HHI8x', 2, {socket.htons(port)}, 0x0100007f), 16))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", CONFINED.format(root=str(ROOT), attempt=tried, apart=True)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "-1", done.stderr
    time.sleep(0.2)
    assert heard == []


def test_a_reading_process_inherits_no_secret(tmp_path, monkeypatch):
    from index.documents.reading.sandbox import _environment

    for name in ("OPENAI_API_KEY", "SME_TOKEN", "PYTHONPATH", "LD_PRELOAD", "http_proxy"):
        monkeypatch.setenv(name, "secret")
    assert "secret" not in _environment(tmp_path).values()


def test_the_reader_dies_with_the_one_who_started_it(tmp_path):
    """Killed without a chance to tidy up, as `kill -9` does."""
    pdf = Pdf().page(text("一页", 72, 700))
    pdf.pages *= 1_500
    saved(tmp_path / "a.pdf", pdf.bytes())
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path\n"
        "from index.documents.reading.sandbox import read_apart\n"
        f"read_apart(Path({str(tmp_path / 'a.pdf')!r}), on_progress=lambda page, pages: print(page, flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)}) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        (reader,) = psutil.Process(parent.pid).children()
        parent.kill()
        parent.wait()
    assert psutil.wait_procs([reader], timeout=5)[1] == []


# --- what a reader that was taken over could send -------------------------------------------------


@pytest.mark.parametrize(
    "message",
    [
        None, "text", {}, {"format": "pdf"}, {"format": "exe", "pages": [], "paged": True},
        {"format": "pdf", "pages": [{"number": 1, "blocks": [{"text": 5}]}], "paged": True},
        {"format": "pdf", "pages": [{"number": 1, "blocks": [], "width": float("nan")}], "paged": True},
        {"format": "pdf", "pages": [{"number": 1, "blocks": [{"header": ["a"], "rows": [["a", "b"]]}]}], "paged": True},
    ],
)  # fmt: skip
def test_what_is_no_reading_is_not_taken_for_one(message):
    from index.documents.reading.wire import reading_of

    with pytest.raises(ReaderStoppedError) as caught:
        reading_of(message)
    assert caught.value.code == "reader-output"


def test_every_reason_has_words_in_both_languages():
    filled = {"limit": 1, "found": 2, "page": 3, "name": "RTF"}
    for kind in (RefusedFileError, OverLimitError, ReaderStoppedError):
        for reason in kind.sentences:
            error = ReadingError.of(reason, **filled)
            assert isinstance(error, kind)
            assert error.code == reason
            assert error.zh.endswith("。")
            assert error.en.endswith(".")
            assert "{" not in str(error)
