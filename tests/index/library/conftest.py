"""A library over the small corpus, worked by the real worker, readers and encoder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.documents.corpus import load_corpus
from index.encoders import OnnxE5
from index.library.librarian import Librarian
from index.library.library import Library
from index.library.types import State, Upload
from index.settings import IndexSettings

FILES = Path(__file__).parents[2] / "documents" / "files"


class Desk:
    """A library with its worker, and the states of the shelf it published."""

    def __init__(self, settings: IndexSettings, encoder: OnnxE5 | None) -> None:
        corpus = load_corpus(settings.corpus_dir)
        self.published: list[tuple[str, ...]] = []
        self.segments: list[tuple[str, ...]] = []
        self.librarian = Librarian(settings, lambda: corpus, lambda: encoder, self._changed)
        self.library: Library = self.librarian.library

    def _changed(self, shelf, segments) -> None:
        self.published.append(tuple(one.upload for one in shelf.documents))
        self.segments.append(tuple(segment.name for segment in segments))

    def read(self, *uploads: Upload, seconds: float = 60.0) -> list[Upload]:
        """Wait until they are read, or failed."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = [self.library.get(upload.id) for upload in uploads]
            if all(one.state not in (State.QUEUED, State.READING) for one in found):
                return found
            time.sleep(0.05)
        raise TimeoutError(str([(one.name, one.state, one.step) for one in found]))

    def settled(self) -> tuple[str, ...]:
        """The segments, once what is released is filled into Chroma."""
        end = time.monotonic() + 20
        while self.librarian.unsettled and time.monotonic() < end:
            time.sleep(0.05)
        return self.segments[-1]


@pytest.fixture
def files() -> Path:
    """The documents of an invented city, made with real tools."""
    return FILES


@pytest.fixture
def settings(small_corpus: Path, small_data_dir: Path) -> IndexSettings:
    return IndexSettings(corpus_dir=small_corpus, data_dir=small_data_dir)


@pytest.fixture
def open_desk(settings: IndexSettings, encoder: OnnxE5) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def open_one(*, words_only: bool = False) -> Desk:
        desk = Desk(settings, None if words_only else encoder)
        desk.librarian.publish()
        desk.librarian.start()
        opened.append(desk)
        return desk

    yield open_one
    for desk in opened:
        desk.librarian.close()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


NOTICE = """关于做好小微企业续贷工作的通知

云金〔2025〕{number}号

各银行：

第一条 小微企业贷款到期后仍有融资需求的，可以提前一个月申请续贷，续贷期限最长为{years}年。

第二条 续贷利率由银行自主确定，不得收取附加费用，也不得要求企业先还后贷。

第三条 银行应当在收到申请后{days}个工作日内作出答复。

第四条 本通知自2025年10月1日起施行，有效期至2028年9月30日。

云溪市金融工作局
2025年9月20日
"""


@pytest.fixture
def notice(tmp_path: Path) -> Callable[..., Path]:
    """A notice of four clauses as a text file; what is said in it can be chosen."""

    def written(number: int = 7, years: int = 3, days: int = 10, name: str = "续贷通知.txt") -> Path:
        path = tmp_path / name
        path.write_text(NOTICE.format(number=number, years=years, days=days), encoding="utf-8")
        return path

    return written
