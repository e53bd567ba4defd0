"""Who issued a document: the signature, the masthead, and the names before 关于 in its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.documents.metadata.labels import labelled
from index.documents.metadata.sources import Said, framed
from index.documents.metadata.types import Certainty, Proposal
from index.documents.structure.types import Draft, Framing, Role
from index.types import Language

_BODY = (
    "人民政府办公[室厅]|人民政府|人民代表大会(?:常务委员会)?|领导小组(?:办公室)?|委员会(?:办公[室厅])?|委办公[室厅]|管委会|委|办公[室厅]|总局|分局|管理局|监管局|局|厅|部|署"
    "|总行|分行|中心支行|支行|银行|信用社|联社|合作社|公司|中心|联合会|工商联|协会|商会|基金|交易所|法院|检察院|研究院|大学|集团|国务院|专班|指挥部|院"
)
_WHOLE = re.compile(rf"[\u3400-\u9fff（）()“”·A-Za-z]{{1,38}}(?:{_BODY})|国务院|财政部|商务部")
# 国家税务总局|云溪市税务局, 中国人民银行|云溪市分行 are one name each.
_CARRIED_ON = re.compile(
    r"^(?:[\u3400-\u9fff]{2,12}(?:分行|支行|中心支行|营业部|监管局|监管分局|税务局|分局|办公厅|办公室|总部|管理部)|办公厅|办公室|综合司)$"
)
_HEADS = (
    "国家税务总局",
    "中国人民银行",
    "国家金融监督管理总局",
    "国家外汇管理局",
    "国务院",
    "中国银行保险监督管理委员会",
    "中国银保监会",
)
_BANK = re.compile(
    r"^(?P<bank>[\u3400-\u9fff]{2,14}(?:银行|农商行|信用社|联社)(?:股份有限公司)?(?:[\u3400-\u9fff]{2,10}(?:分行|支行))?)"
)
# 某协会章程, 某集团有限公司业务大纲: the rules of the body that the title names first.
_BODY_OF_ITS_OWN = re.compile(
    r"^(?P<bank>[\u3400-\u9fff]{4,24}?(?:(?:集团)?(?:股份|责任)?有限(?:责任)?公司|协会|商会|联合会|促进会|基金会|合作社))(?=.{2,16}$)"
)
_EN_BODY = re.compile(
    r"(?:Bureau|Ministry|Commission|Bank|Administration|Office|Committee|Department|Authority|Government|Council|Fund|Company|Ltd\.?|Association|Centre|Center)\b"
)


def issuers_of(draft: Draft, title: Proposal[str] | None) -> tuple[Proposal[str], ...]:
    """Every issuer once; sure where two places agree, or a label says so."""
    if said := labelled(draft, "issuers"):
        names = [name for piece in re.split(r"[、,，;；]", said.text) for name in separated([piece])]
        if names:
            return tuple(Proposal(name, said.text, said.page, Certainty.SURE) for name in names)
    if draft.language is Language.EN:
        return _english(draft)
    signed = _signed(draft)
    headed = list(_headed(draft))
    titled = [(name, title.evidence, title.page or 1) for name in _before_about(draft)] if title else []
    adopted = list(_adopted(draft))
    chosen = signed or headed or titled or adopted
    if signed and titled and len(titled) > len(signed) and all(any(_same(s[0], t[0]) for t in titled) for s in signed):
        chosen = titled
    chosen = chosen or _congress(draft) or _bank(title, draft)
    other = [name for source in (signed, headed, titled) if source is not chosen for name, _, _ in source]
    return tuple(
        Proposal(
            name,
            evidence,
            page,
            Certainty.SURE if source_is_firm or any(_same(name, o) for o in other) else Certainty.LIKELY,
        )
        for source_is_firm in [bool(signed)]
        for name, evidence, page in {n[0]: n for n in chosen}.values()
    )


def separated(pieces: list[str]) -> list[str]:
    """Names of organisations in lines that may hold several, or pieces of one."""
    found: list[str] = []
    for piece in pieces:
        for word in piece.split():
            said = re.sub(r"^(?:[甲乙丙丁]方|签署人)(?:[（(][^（）()]{1,12}[）)])?[:：]", "", word)
            name = re.sub(r"^(?:（?盖章）?|\(盖章\))|[（(](?:盖章|公章|章|代章|印章)[）)]$", "", said)
            carried = found and ((_CARRIED_ON.match(name) and found[-1] in _HEADS) or not _WHOLE.fullmatch(found[-1]))
            name = name.removeprefix("中华人民共和国") or name
            if carried:
                found[-1] += name
            else:
                found.append(name)
    return [name for name in found if _WHOLE.fullmatch(name)]


def _signed(draft: Draft) -> list[tuple[str, str, int]]:
    said = list(draft.framed(Role.SIGNATURE))
    if not said:
        return []
    names = separated([line for framing in said for line in _lines(framing)])
    return [(name, " ".join(framing.text for framing in said), said[0].page) for name in names]


def _adopted(draft: Draft) -> Iterator[tuple[str, str, int]]:
    """（2022年5月20日云溪市财政局、云溪市金融工作局印发）"""
    for said in framed(draft, Role.ADOPTION):
        match = re.search(
            r"(?:日|号) ?(?P<who>[\u3400-\u9fff、 ]{3,80}?)(?:令|修订|联合|制定)*(?:印发|公布|发布|下发|颁布|令|公告)",
            said.text,
        )
        for name in separated(re.split("[、 ]", match["who"])) if match else ():
            yield name, said.text, said.page


def _congress(draft: Draft) -> list[tuple[str, str, int]]:
    """（2023年9月27日某市第八届人民代表大会常务委员会第十二次会议通过）"""
    for said in framed(draft, Role.ADOPTION):
        text = said.text.replace(" ", "")
        if match := re.search(
            r"日(?P<place>[\u3400-\u9fff]{2,12}?)?第.{1,4}届(?P<whole>全国)?人民代表大会(?P<standing>常务委员会)?", text
        ):
            name = f"{match['whole'] or match['place'] or ''}人民代表大会{match['standing'] or ''}"
            return [(name, said.text, said.page)]
        if "国务院" in text:
            return [("国务院", said.text, said.page)]
    return []


def _headed(draft: Draft) -> Iterator[tuple[str, str, int]]:
    lines = [
        (re.sub(r"\s*(?:文件|公文)$", "", line), framing)
        for framing in draft.framed(Role.MASTHEAD)
        for line in _lines(framing)
    ]
    for name in separated([re.sub(r"(?<=[局会行部院府室])(?:令|公告|通告|函)$", "", line) for line, _ in lines]):
        yield name, lines[0][1].text, lines[0][1].page


def _before_about(draft: Draft) -> list[str]:
    """The names before 关于, where lines of the title and blanks part them."""
    titles = draft.framed(Role.TITLE)
    if not titles:
        return []
    before: list[str] = []
    for line in _lines(titles[0]):
        head, about, _ = line.partition("关于")
        before.append(head)
        if about:
            return separated([piece for piece in before if piece.strip()])
    return []


def _lines(framing: Framing) -> list[str]:
    """The printed lines of a paragraph."""
    if not framing.spans:
        return framing.text.splitlines()
    return [framing.text[span.start : span.end].strip() for span in framing.spans]


def _bank(title: Proposal[str] | None, draft: Draft) -> list[tuple[str, str, int]]:
    """A product's bank, which its title begins with."""
    for said in [Said(title.value, title.page or 1)] if title else []:
        plain = said.text.replace(" ", "")
        if match := _BANK.match(plain) or _BODY_OF_ITS_OWN.match(plain):
            return [(match["bank"], said.text, said.page)]
    for said in framed(draft, Role.MASTHEAD):
        if _WHOLE.fullmatch(said.text):
            return [(said.text, said.text, said.page)]
    for noise in draft.noise[:6]:  # 某银行 客服热线 …: at the foot of its sheets
        if match := _BANK.match(noise.text):
            return [(match["bank"], noise.text, noise.page)]
    return []


def _same(one: str, other: str) -> bool:
    return one == other or one in other or other in one


def _english(draft: Draft) -> tuple[Proposal[str], ...]:
    for said in framed(draft, Role.ADOPTION):
        if match := re.search(
            r"\b(?:by|of) (?:the )?(?P<who>(?!\d)[A-Z][\w&,' -]*?)(?: on | under |[,.)]|$)", said.text
        ):
            return (Proposal(match["who"].strip(), said.text, said.page, Certainty.SURE),)
    for role in (Role.SIGNATURE, Role.MASTHEAD):
        for said in framed(draft, role):
            if _EN_BODY.search(said.text):
                return (Proposal(said.text.strip(), said.text, said.page, Certainty.SURE),)
    head = [Said(line, framing.page) for framing in draft.frame[:8] for line in _lines(framing)]
    head += [Said(line, 1) for clause in draft.clauses[:1] for line in clause.text.splitlines()[:3]]
    for said in head:
        if (
            len(said.text) < 90
            and _EN_BODY.search(said.text)
            and not re.search(r"\b(?:Rules|Notice|Scheme|Measures|on|Policy)\b", said.text)
        ):
            return (Proposal(said.text.strip(" ."), said.text, said.page, Certainty.LIKELY),)
    return ()
