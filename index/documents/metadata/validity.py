"""When a document was issued, takes effect and ends: only what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from index.documents.metadata.calendar import DAY, LENGTH, LOOSE, count_of_days, day, later, length
from index.documents.metadata.labels import labelled
from index.documents.metadata.sources import Said, framed, provisions
from index.documents.metadata.types import Certainty, Proposal
from index.documents.structure.spelling import flat
from index.documents.structure.types import Draft, Role

_OWN = (
    r"本(?:通知|办法|意见|方案|规定|细则|条例|法|公告|通告|制度|指引|规程|措施|政策|计划|决定|文件|表|产品"
    r"|活动|规则|标准|利率表|实施细则|暂行办法|规范|要求|利率|价目)"
)
_IN_FORCE = "(?:开始)?(?:正式)?(?:施行|实施|执行|生效|适用|启用|试行)"
_ISSUE = "(?:印发|发布|公布|下发|发文|颁布|公开|签发|印制|通过)"
_FROM_DAY = re.compile(rf"(?:自|从|于|由)?(?P<day>{LOOSE})(?:\(含\))?起?{_IN_FORCE}")
_FROM_TO = re.compile(
    rf"(?:自|从|由)?(?P<day>{LOOSE})(?:\(含\))?(?:起)?,?(?:{_IN_FORCE},?)?(?:至|到|—|–|-|~)(?P<end>{LOOSE})(?:\(含\))?(?:止|期间|有效)?"
)
_FROM_ISSUE = re.compile(
    rf"(?:自|从|于)?{_ISSUE}(?:之日|之时|日)起?(?:(?P<days>\d+|[一二三四五六七八九十百]+)(?:个)?(?P<unit>自然日|工作日|日|天|个?月)(?:后|之后|起))?{_IN_FORCE}"
)
_ISSUED_ON = re.compile(rf"(?:于|在)(?P<day>{DAY})(?:正式)?(?:印发|发布|公布|下发|颁布|制定)")
# 经…决定，自2024年12月1日起调整…: an announcement says in its first paragraph from when on it holds.
_CHANGES_FROM = re.compile(rf"(?:自|从)(?P<day>{DAY})起(?!.{{0,4}}(?:施行|实施|执行)的)(?!至)")
_UNTIL = re.compile(
    rf"(?:有效期|施行期|实施期|执行期|有效|期限|试行期|执行|截止|政策)(?:限|间)?(?:为|自\S{{2,20}})?(?:截)?(?:至|到|止于|截止)(?P<day>{LOOSE})(?:\(含\))?(?:止|为止)?"
    rf"|(?P<stops>{LOOSE})(?:起)?(?:自动)?(?:失效|停止执行|终止)"
)
_LASTS = re.compile(
    rf"(?:有效期|施行期|实施期|执行期|试行期|试行|有效|执行期限|实施期限|政策期限)(?:限)?(?:暂定|为|暂|是|:)*(?P<length>{LENGTH})(?!以)"
    rf"|(?:试行|有效|执行)(?P<other>{LENGTH})(?!以)"
)
_EXPIRED = re.compile(r"届满|期满|到期后|失效的|原《")
_EN_DAY = DAY
_EN_FROM = re.compile(
    rf"(?:come|comes|came|enter|enters|take|takes|effective|in force|apply|applies|implemented)[^.;]{{0,40}}?"
    rf"(?:on|from|as of|with effect from|since)? ?(?P<day>{_EN_DAY})",
    re.I,
)
_EN_UNTIL = re.compile(
    rf"(?:remains? in force|valid|effective|expires?|in force|ends?|lapses?|cease)[^.;]{{0,50}}?"
    rf"(?:until|till|to|through|on|at the end of) (?P<day>{_EN_DAY})",
    re.I,
)
_EN_FROM_ISSUE = re.compile(
    r"(?:force|effect|effective|apply|implemented)[^.;]{0,20}? (?:on|from|as of|upon|since) (?:the )?(?:date|day) of "
    r"(?:its |their )?(?:issuance|issue|promulgation|publication)",
    re.I,
)
_EN_LASTS = re.compile(
    rf"(?:valid|remains? in force|in force|effective|period)[^.;]{{0,30}}?"
    rf" for (?:a (?:period|term) of )?(?P<length>{LENGTH})",
    re.I,
)
_OF_ITSELF = re.compile(
    _OWN + r"|[Tt]hese|[Tt]his|\bIt\b|\b[Tt]he (?:Code|Rules|Policy|Scheme|Measures|Notice|Charter|Provisions)"
)


def issued_of(draft: Draft) -> Proposal[date] | None:
    """The date below the signature; else the one in brackets under the title, beside a label, or of printing."""
    for role, certainty in ((Role.DATE, Certainty.SURE), (Role.ADOPTION, Certainty.LIKELY)):
        for said in framed(draft, role):
            if (value := _first_day(said.text)) is not None:
                return Proposal(value, said.text, said.page, certainty)
    if (said_label := labelled(draft, "issued")) and (value := _first_day(said_label.text)):
        return Proposal(value, said_label.text, said_label.page, Certainty.SURE)
    for said_of, certainty in _about_itself(draft):
        if match := _ISSUED_ON.search(_plain(said_of.text)):
            value = day(match["day"])
            if value is not None and not _of_another(_plain(said_of.text), match.start()):
                return Proposal(value, said_of.text, said_of.page, certainty)
    for said in framed(draft, Role.PRINTED):
        if (value := _first_day(said.text)) is not None:
            return Proposal(value, said.text, said.page, Certainty.LIKELY)
    return None


def effective_of(draft: Draft, issued: Proposal[date] | None) -> Proposal[date] | None:
    """The first day in force; 自印发之日起 counts from the date of issue."""
    near = issued.value if issued else None
    for said, certainty in _about_itself(draft):
        text = _plain(said.text)
        for match in [*_FROM_DAY.finditer(text), *_EN_FROM.finditer(said.text), *_FROM_TO.finditer(text)]:
            if (value := day(match["day"], near)) is not None and not _of_another(text, match.start()):
                return Proposal(value, said.text, said.page, certainty)
        from_issue = _FROM_ISSUE.search(text) or _EN_FROM_ISSUE.search(said.text)
        if from_issue and issued and not _of_another(text, from_issue.start()):
            return Proposal(_after(issued.value, from_issue), said.text, said.page, certainty)
    for said in provisions(draft):
        changes = _CHANGES_FROM.search(_plain(said.text)) if said.opening else None
        if changes:
            value = day(changes["day"], near)
            if value is not None and not _of_another(_plain(said.text), changes.start()):
                return Proposal(value, said.text, said.page, Certainty.LIKELY)
    if (label := labelled(draft, "effective")) and (value := _first_day(label.text)):
        return Proposal(value, label.text, label.page, Certainty.SURE)
    return None


def expires_of(draft: Draft, issued: Proposal[date] | None, effective: Proposal[date] | None) -> Proposal[date] | None:
    """The last day in force, named or counted from the first one."""
    near = issued.value if issued else None
    start = effective or issued
    for said, certainty in _about_itself(draft):
        text = _plain(said.text)
        for match in [*_FROM_TO.finditer(text), *_UNTIL.finditer(text), *_EN_UNTIL.finditer(said.text)]:
            named = next(
                (match[name] for name in ("end", "stops", "day") if name in match.groupdict() and match[name]), ""
            )
            value = day(named, near)
            if value is not None and not _of_another(text, match.start()) and (near is None or value > near):
                stops = "stops" in match.groupdict() and match["stops"]
                return Proposal(value - timedelta(days=1) if stops else value, said.text, said.page, certainty)
        for match in [*_LASTS.finditer(text), *_EN_LASTS.finditer(said.text)]:
            span = length(match["length"] or match["other"])
            if (
                span
                and start
                and not _of_another(text, match.start())
                and not _EXPIRED.search(text[match.end() : match.end() + 3])
            ):
                return Proposal(span.last_day_from(start.value), said.text, said.page, certainty)
    if (label := labelled(draft, "expires")) and (value := _first_day(label.text)):
        return Proposal(value, label.text, label.page, Certainty.SURE)
    return None


def _about_itself(draft: Draft) -> Iterator[tuple[Said, Certainty]]:
    """Sentences that speak of the document: by name first, then those of its closing provisions."""
    every = list(provisions(draft))
    named = [said for said in every if _speaks_of_itself(said) and not said.attached]
    attached = [said for said in every if _speaks_of_itself(said) and said.attached]
    closing = [said for said in every if said.last and said not in named and said not in attached]
    notes = [Said(framing.text, framing.page) for framing in draft.frame if framing.role is Role.NOTE]
    for said in named:
        yield said, Certainty.SURE
    for said in [*closing, *attached, *notes]:
        yield said, Certainty.LIKELY


def _speaks_of_itself(said: Said) -> bool:
    return bool(_OF_ITSELF.search(_plain(said.text)) or _OF_ITSELF.search(said.text))


def _plain(text: str) -> str:
    return flat(text).replace(" ", "")


def _of_another(text: str, at: int) -> bool:
    """Whether the words right before speak of something else: 《旧办法》自2019年起施行; contracts; loans."""
    before = text[max(0, at - 30) : at]
    if re.search(r"(?:借款|贷款|授信|合同|额度|担保|保险|租赁)(?:有效)?期(?:限|间)?[^。；;]{0,16}$", before):
        return True
    return bool(
        re.search(
            r"》[^,，。;；]{0,6}$|(?:贷款|合同|额度|授信|协议|保单|申请|凭证|证明|报告|证书|单笔|承诺函?|文件)的?(?:有效期?|期限)?[^,，。;；]{0,4}$",
            before,
        )
    ) and not re.search(_OWN + r"[^,，。;；]{0,8}$", before)


def _after(issued: date, match: re.Match[str]) -> date:
    if "days" not in match.groupdict() or not match["days"]:
        return issued
    count = count_of_days(match["days"])
    return later(issued, count) if "月" in match["unit"] else issued + timedelta(days=count)


def _first_day(text: str) -> date | None:
    match = re.search(DAY, flat(text)) or re.search(DAY, flat(text).replace(" ", ""))
    return day(match[0]) if match else None
