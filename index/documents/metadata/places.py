"""Where a document applies: the place in its issuer's name, the whole country for national authorities."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from index.documents.metadata.labels import labelled
from index.documents.metadata.sources import provisions
from index.documents.metadata.types import Certainty, Proposal
from index.documents.structure.types import Draft
from index.documents.yaml_files import load_yaml
from index.types import Kind, Language

_FILE = Path(__file__).with_name("places.yaml")
_CENTRAL = re.compile(
    r"(?:中华人民共和国)?(?:中共中央|全国人民代表大会|国务院|中国人民银行|国家\w{0,12}(?:总局|局|委|委员会|署)|中国\w{0,10}监督管理委员会|最高人民|财政部|商务部"
    r"|工业和信息化部|科学技术部|科技部|农业农村部|人力资源社会保障部|人力资源和社会保障部|民政部|司法部|自然资源部|交通运输部|文化和旅游部"
    r"|住房城乡建设部|生态环境部|教育部|中国银保监会|中国证监会|全国工商联|中华全国\w+|国家发展改革委|国家金融监督管理总局|国家税务总局)"
    r"(?:办公厅|办公室|综合司)?"
)
_ABOVE = re.compile(
    r"^(?:国家税务总局|中国人民银行|国家金融监督管理总局|国家外汇管理局|中国证监会|中国银保监会|中国银行保险监督管理委员会|中共)"
)
_PLACE = re.compile(
    r"(?P<province>[\u3400-\u9fff]{2,7}?(?:省|自治区))?(?P<city>[\u3400-\u9fff]{2,6}?(?:市(?!场|政|民|级)|自治州|盟|地区))?"
    r"(?P<district>[\u3400-\u9fff]{1,6}?(?:自治县|新区|区(?!域)|县(?!域|级)|旗)|(?<=[市州])[\u3400-\u9fff]{2,3}市(?!场|政|民))?"
)
_ZONE = re.compile(r"[\u3400-\u9fff]{2,16}?(?:开发区|产业园区|工业园区|园区|示范区|试验区|合作区|高新区|新区)")
_EN_ISSUER = re.compile(
    r"\b(?:(?P<a>[A-Z][a-z]+(?:'an)?) (?:Municipal|Provincial|City|County|District|Branch)"
    r"|(?:of|,) (?P<b>[A-Z][a-z]+) (?:City|Province|County|District))"
)
_WITHIN = re.compile(
    r"(?:在|限|限于|位于|面向)(?P<where>(?![本全我各当该所此上])[\u3400-\u9fff]{2,10}?(?:省|市|县|区|旗))(?:行政区域|辖区|范围)?(?:内)?(?:依法)?(?:登记|注册|经营|纳税|办理|设立|从事|的)"
)


@cache
def _provinces() -> dict[str, str]:
    return TypeAdapter(dict[str, str]).validate_python(load_yaml(_FILE.read_text(encoding="utf-8")))


def place_in(name: str) -> str | None:
    """The place an office's name begins with: 云溪市 of 云溪市市场监督管理局; None where it names none."""
    bare = _ABOVE.sub("", re.sub(r"\s", "", name))
    if not bare.startswith(("中国", "国家", "全国", "中华")):
        match = _PLACE.match(bare)
        if match and match[0]:
            zone = _ZONE.match(bare[match.end("city") if match["city"] else 0 :])
            return match[0] if zone is None or match["district"] else (match["city"] or "") + zone[0]
        if zone := _ZONE.match(bare):
            return zone[0]
    return next((province for province, short in _provinces().items() if bare.startswith(short)), None)


def region_of(
    draft: Draft, issuers: tuple[Proposal[str], ...], title: Proposal[str] | None, kind: Kind | None
) -> Proposal[str] | None:
    """Where it applies, by label, issuer, title or (of a bank's product) whom it is for."""
    if said := labelled(draft, "region"):
        return Proposal(said.text.rstrip("。"), said.text, said.page, Certainty.SURE)
    if draft.language is Language.EN:
        return _english(issuers)
    for issuer in issuers:
        if (place := place_in(issuer.value)) and not _is_bank(issuer.value):
            return Proposal(place, issuer.evidence, issuer.page, Certainty.SURE)
    for issuer in issuers:
        if _CENTRAL.fullmatch(issuer.value) and place_in(issuer.value) is None:
            return Proposal("全国", issuer.evidence, issuer.page, Certainty.SURE)
    if title and kind is not None and (place := place_in(title.value)):
        return Proposal(place, title.evidence, title.page, Certainty.LIKELY)
    if kind is not None and kind is not Kind.NOTICE:
        for said in provisions(draft):
            if match := _WITHIN.search(said.text):
                return Proposal(match["where"], said.text, said.page, Certainty.LIKELY)
    return None


def _is_bank(name: str) -> bool:
    return bool(re.search(r"银行|信用社|联社", name)) and not name.startswith("中国人民银行")


def _english(issuers: tuple[Proposal[str], ...]) -> Proposal[str] | None:
    for issuer in issuers:
        if match := _EN_ISSUER.search(issuer.value):
            return Proposal(match["a"] or match["b"], issuer.evidence, issuer.page, Certainty.LIKELY)
    return None
