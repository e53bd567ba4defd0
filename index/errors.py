"""Everything that can go wrong between a document and a ranked clause.

IndexingError
├── CorpusError            a corpus file does not say what it must
├── SettingsError          a setting names something that is not there
├── LibraryError           something cannot be done with an upload
├── ReadingError           a file that was brought cannot be read; `code` names the reason for good
│   ├── RefusedFileError       its form or content
│   ├── OverLimitError         it is larger than we read
│   └── ReaderStoppedError     the reading process had to be stopped, or died
├── EncoderError
│   ├── MissingEncoderError    no weights to encode with
│   └── DamagedEncoderError    weights that do not reproduce the reference vectors
└── SnapshotError
    ├── MissingSnapshotError   nothing has been built yet
    ├── StaleSnapshotError     built from another corpus, encoder or splitter
    ├── DamagedSnapshotError   a file of the snapshot is missing or unreadable
    └── LockedError            another process holds the data directory
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar


class IndexingError(Exception):
    """Root of the family; its text is a sentence for people."""


class CorpusError(IndexingError):
    """One or more corpus files break the rules of the corpus."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        shown = "\n".join(f"  {problem}" for problem in problems[:20])
        more = f"\n  … and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__(
            f"{len(problems)} problem(s) in the corpus:\n{shown}{more}\n"
            "Correct the files named above (corpus/README.md has the rules), then run `python -m index check`."
        )


class SettingsError(IndexingError):
    """A setting cannot be used as it stands."""


class LibraryError(IndexingError):
    """Something cannot be done with an upload: a code for programs, a sentence in each language for people."""

    def __init__(
        self, code: str, zh: str, en: str, *, other: str | None = None, fields: Mapping[str, str] | None = None
    ) -> None:
        self.code, self.zh, self.en = code, zh, en
        self.other = other  # the upload it is about besides the one asked for: the one that is there already
        self.fields = dict(fields or {})  # field of the metadata → what is wrong with it
        super().__init__(f"{zh} {en}")


class ReadingError(IndexingError):
    """A file cannot be read. `code` is stable; `zh` and `en` are sentences for the person who brought it."""

    sentences: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, code: str, **details: str | int) -> None:
        """`details` fill the places of the sentence; they hold figures of ours, never text of the file."""
        self.code = code
        self.details = details
        zh, en = self.sentences[code]
        self.zh, self.en = zh.format(**details), en.format(**details)
        super().__init__(f"{self.zh} {self.en}")

    @staticmethod
    def of(code: str, **details: str | int) -> ReadingError:
        """The error that has this code; raises KeyError for a code there is not."""
        for kind in (RefusedFileError, OverLimitError, ReaderStoppedError):
            if code in kind.sentences:
                return kind(code, **details)
        raise KeyError(code)


class RefusedFileError(ReadingError):
    """The form or content of a file does not allow reading it."""

    sentences: ClassVar[dict[str, tuple[str, str]]] = {
        "empty": (
            "文件是空的，没有内容可读。请确认导出或下载已经完成。",
            "The file is empty. Please check that the export or download was completed.",
        ),
        "missing": ("找不到这个文件。", "The file is not there."),
        "not-a-file": (
            "这不是普通文件（而是目录、链接或设备），不能读取。",
            "This is not an ordinary file but a directory, link or device.",
        ),
        "unknown-format": (
            "无法识别文件的格式。支持 PDF、图片、DOCX、XLSX、CSV、PPTX、HTML、MHTML、Markdown 和纯文本。",
            "The format is not one we read: PDF, pictures, DOCX, XLSX, CSV, PPTX, HTML, MHTML, Markdown, plain text.",
        ),
        "legacy-office": (
            "这是旧版 Office 格式（.doc、.xls、.ppt）。请用 Word、Excel 或 WPS 另存为 .docx、.xlsx、.pptx 后再上传。",
            "This is an old Office format (.doc, .xls, .ppt). Open it in Word, Excel or WPS and save it as .docx, "
            ".xlsx or .pptx.",
        ),
        "other-format": (
            "这是 {name} 文件，目前不能读取。请另存为 PDF 或 DOCX 后再上传。",
            "This is a {name} file, which we do not read. Please save it as PDF or DOCX.",
        ),
        "archive": (
            "这是压缩包，不能直接读取。请解压后逐个上传其中的文件。",
            "This is an archive. Please unpack it and add the files one by one.",
        ),
        "encrypted": (
            "文件加了密码，无法读取。请去掉打开密码后再上传。",
            "The file is protected by a password. Please remove the password needed to open it.",
        ),
        "damaged": (
            "文件已损坏或不完整，无法读取。请重新导出或下载后再试。",
            "The file is damaged or incomplete. Please export or download it again.",
        ),
        "external-entities": (
            "文件中的 XML 含有文档类型声明或外部实体，正常的 Office 文件没有这些内容，为安全起见不予读取。",
            "The XML within declares a document type or entities, which proper Office files never do; it is not read.",
        ),
        "unsafe-archive": (
            "文件内部含有指向外部路径的条目，为安全起见不予读取。",
            "The file holds entries whose names lead outside of it; it is not read.",
        ),
        "nothing-readable": (
            "文件中没有找到可读的文字。",
            "No text was found in the file.",
        ),
        "not-rendered": (
            "这种格式没有页面图像。",
            "This format has no pictures of its pages.",
        ),
        "no-such-page": ("没有第 {page} 页。", "There is no page {page}."),
    }


class OverLimitError(ReadingError):
    """A file is larger than we read, in one of several respects."""

    sentences: ClassVar[dict[str, tuple[str, str]]] = {
        "too-many-bytes": (
            "文件超过 {limit} MB，不能读取。请拆分或压缩图片后再上传。",
            "The file is larger than {limit} MB. Please split it or shrink its pictures.",
        ),
        "too-many-pages": (
            "文件共 {found} 页，超过上限 {limit} 页。请拆分后再上传。",
            "The file has {found} pages; at most {limit} are read. Please split it.",
        ),
        "too-many-characters": (
            "文件的文字超过 {limit} 个字符。请拆分后再上传。",
            "The file holds more than {limit} characters. Please split it.",
        ),
        "too-many-cells": (
            "表格的单元格超过 {limit} 个。请只保留需要的工作表后再上传。",
            "The tables have more than {limit} cells. Please keep only the sheets that are needed.",
        ),
        "too-deep": (
            "文件内部嵌套层次过深，不能读取。",
            "Elements within elements go too deep in this file.",
        ),
        "too-many-pixels": (
            "图片的像素过多（上限 {limit} 百万）。请降低分辨率后再上传。",
            "A picture has too many pixels (at most {limit} million). Please lower its resolution.",
        ),
        "expands-too-far": (
            "文件解压后过大，疑似压缩炸弹，不予读取。",
            "The file expands to far more than its size, as decompression bombs do; it is not read.",
        ),
    }


class ReaderStoppedError(ReadingError):
    """The process that read a file was stopped or died; nothing else was harmed."""

    sentences: ClassVar[dict[str, tuple[str, str]]] = {
        "timeout": (
            "读取用时超过 {limit} 秒，已停止。文件可能过于复杂或已损坏。",
            "Reading took more than {limit} seconds and was stopped. The file may be too intricate, or damaged.",
        ),
        "out-of-memory": (
            "读取所需内存超过上限，已停止。文件可能过于复杂或已损坏。",
            "Reading needed more memory than is allowed and was stopped. The file may be too intricate, or damaged.",
        ),
        "crashed": (
            "读取程序意外中止。文件可能已损坏。",
            "The reader died unexpectedly. The file may be damaged.",
        ),
        "forbidden": (
            "文件试图让读取程序访问网络或其他文件，已停止。",
            "The file tried to make its reader reach the network or other files; it was stopped.",
        ),
        "reader-output": (
            "读取程序返回的结果不合要求，未予采用。",
            "The reader returned something that is no reading; it was not used.",
        ),
    }


class EncoderError(IndexingError):
    """The encoder cannot be used."""


class MissingEncoderError(EncoderError):
    """No weights are there to encode with."""


class DamagedEncoderError(EncoderError):
    """The encoder on disk does not give the vectors it must."""


class SnapshotError(IndexingError):
    """The built index cannot be used."""


class MissingSnapshotError(SnapshotError):
    """Nothing has been built yet."""

    def __init__(self, where: Path) -> None:
        super().__init__(f"There is no index in {where}. Run `python -m index build` to build it.")


class StaleSnapshotError(SnapshotError):
    """The snapshot was built from something else than the settings name."""

    def __init__(self, what: str, built_with: object, wanted: object) -> None:
        super().__init__(
            f"The index was built with {what} {built_with!r}, but {wanted!r} is wanted now. "
            "Run `python -m index build` to rebuild it, or restore the earlier setting."
        )


class DamagedSnapshotError(SnapshotError):
    """A part of the snapshot is missing or unreadable."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The index is damaged: {what}. Run `python -m index build --fresh` to build it anew.")


class LockedError(SnapshotError):
    """Another process uses the data directory."""

    def __init__(self, what: str, holder: str) -> None:
        super().__init__(
            f"{what} is in use by another process ({holder}). The embedded Chroma store is safe in one process only: "
            "stop that process, or set SME_DATA_DIR to another directory."
        )
