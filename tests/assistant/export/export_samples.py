"""Papers that the tests of exports make into files."""

from datetime import date

from assistant.export.types import Heading, Listing, Marker, PageBreak, Paper, Paragraph, Style, Table
from index.types import Language

CLAUSE = (
    "第十条　单户授信不超过1000万元（含）的普惠型小微企业贷款，利率上限为LPR加300个基点，“应贷尽贷、应续尽续”；"
    "占比≥50%，面积120㎡，编号〔2024〕13号。"
)
HOSTILE = "<b>粗</b> & <script>alert(1)</script> {x} %s \\ \x00\x07\ud800 ]]> &lt; <para> =1+1"
HOSTILE_SHOWN = "<b>粗</b> & <script>alert(1)</script> {x} %s \\  ]]> &lt; <para> =1+1"
ROWS = tuple((f"第{number}条", CLAUSE if number % 5 == 0 else f"不超过{number}万元") for number in range(1, 121))

PAPER = Paper(
    title="小微企业续贷：要点与条款",
    language=Language.ZH,
    made_on=date(2026, 11, 28),
    subtitle="金规〔2024〕13号",
    note="摘自政策库，查阅日期 2026-11-28。",
    blocks=(
        Heading("一、总则"),
        Paragraph(CLAUSE),
        Heading("细目", 3),
        Paragraph(CLAUSE, Style.QUOTE),
        Paragraph("以原文为准。", Style.NOTE),
        Paragraph("特此证明", Style.CENTRED),
        Listing(("甲项", "乙项"), Marker.DOT),
        Listing(("先申请", "再审批"), Marker.NUMBER),
        Listing(("又一步", "末一步"), Marker.NUMBER),
        Listing(("营业执照", "纳税记录"), Marker.BOX),
        Listing(("贵公司有多少人？",), Marker.LINE),
        PageBreak(),
        Heading("二、条款一览"),
        Table(("条款", "内容"), ROWS, "表1　条款"),
    ),
)
ENGLISH = Paper(
    title="Renewing a small-business loan",
    language=Language.EN,
    made_on=date(2026, 11, 28),
    blocks=(Paragraph("Banks shouldn’t charge “hidden” fees; internationalisation notwithstanding. " * 12),),
    landscape=True,
)
EMPTY = Paper("空", Language.ZH, (), date(2026, 11, 28))


def hostile(language=Language.ZH):
    """A paper in which every text is out to break the format."""
    blocks = (
        Heading(HOSTILE, 2),
        Paragraph(HOSTILE + "\r\n" + "W" * 3000),
        Listing((HOSTILE, ""), Marker.BOX),
        Table((HOSTILE, ""), (("", "长" * 6000), (HOSTILE, "W" * 500))),
        Table((), ()),
        Table(("仅表头",), ()),
        Listing(()),
    )
    return Paper(HOSTILE, language, blocks, date(2026, 11, 28), subtitle=HOSTILE, note=HOSTILE * 9)
