"""The shipped corpus is tested like code, and every way of writing it wrongly has the words its error must contain."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from index.documents.corpus import FOLDERS, load_corpus
from index.documents.glossary import glossary_see_also
from index.documents.yaml_files import load_yaml
from index.errors import CorpusError
from index.figures import figures
from index.text import normalise, sentences
from index.types import Kind, Language, Verification

CORPUS = Path(__file__).parent.parent.parent / "corpus"

POLICIES = """
agri-guarantee caijin-2024-60 caijin-2025-11 caijin-2025-135 caijin-2025-80 caijin-2025-81 caijin-2026-2
caijin-2026-4 caijin-2026-6 collateral-unified-registration complaint-channels crcrfsp-receivables
credit-platform-howto credit-repair-2025 credit-reporting-regulation definition-inclusive-sme-loan
figures-2025-2026 fundflow-platform guobanfa-2019-6 guobanfa-2021-52 guobanfa-2024-15 guobanfa-2025-38
inclusive-finance-hq-2025 ip-finance jinban-2024-26 jinban-2025-46 jinfa-2024-32 jinfa-2025-21 jingui-2024-11
jingui-2024-13 jingui-2025-9 job-stability-loan law-private-economy-2025 law-sme-promotion loan-basics
loan-cost-disclosure loan-three-measures-2024 lpr other-lenders pboc-structural-tools-2026
reg-individual-business reg-sme-payment-2025 startup-guarantee-loan supervisory-evaluation supplychain-2025
tax-2023-13-16-18 tax-credit-and-bank-tax tech-sme-standards trade-support yinbaojian-2020-18 yinfa-2023-233
""".split()
LOCAL = """
anhui-shihang-qianyi anhui-xietiao-jizhi beijing-shoudai-tiexi beijing-xietiao-jizhi chongqing-zhuandai
guangdong-xietiao-jizhi guangxi-chongzuo guangzhou-xindai-fengxianbuchang hangzhou-shangcheng-fengxianchi
hefei-zhengxindai henan-zhengzhou hubei-jiayu hunan-shaoyang-fenghuang jiangsu-zhenjiang-suzhou
qingdao-qingrongtong shaanxi-danfeng shandong-yingji-zhuandai shanghai-danbao-jijin shenzhen-chuangye-danbao
sichuan-zengxin-jizhi taizhou-xinbao-jijin wuhu-xinyongdai zhejiang-daikuanma-lianxudai zhejiang-xietiao-jizhi
""".split()
PRODUCTS = """
abc-diya-edai abc-kejie-dai abc-weijiedai abc-xujie-edai abc-zhuye-kuai-edai boc-chukou-yinshui
boc-geren-jingyingdai boc-kechuangdai boc-xudai boc-yinshuidai bocom-puhui-edai ccb-diya-kuaidai
ccb-huidongni-family ccb-kuajing-waimaodai ccb-shankedai ccb-shanyingdai ccb-xinyong-kuaidai ccb-yunshuidai
ceb-rongyidai cib-xingyoudai cmb-zhaoqidai cmbc-minshenghui hrb-kexindai icbc-e-di-kuaidai
icbc-jingying-kuaidai icbc-keji-xinyong icbc-wangdaitong jsb-shuierong kunlun-edai mybank-wangshangdai
pab-xinweidai pol-chuangye-danbao pol-kechuang-danbao pol-minjian-touzi-danbao pol-zhuandaikuan
pol-zongduizong psbc-jisudai psbc-xiaowei-yidai sub-fuwuye-tiexi sub-zhongxiaowei-tiexi webank-weiyedai
""".split()
SUMMARIES = {"policies": ["enterprise-size", "mechanism-stats"], "local": ["local-differences"], "products": []}
FILES = sorted(path for folder in FOLDERS for path in (CORPUS / folder).glob("*.md"))
DISCLAIMER = {
    "zh": "> 本页是本项目根据公开资料编写的摘要，不是原文；与原文不一致的，以发布机构公布的原文为准。",
    "en": "> This page is our own digest of public sources, not the original text; "
    "where the two differ, the text published by the issuer governs.",
}


# What is there


def test_as_many_subjects_as_the_fact_base_has():
    assert (len(POLICIES), len(LOCAL), len(PRODUCTS)) == (51, 24, 41)


@pytest.mark.parametrize(("folder", "ids"), [("policies", POLICIES), ("local", LOCAL), ("products", PRODUCTS)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_subject_of_the_fact_base_has_a_page_in_both_languages(folder, ids, language):
    pages = {path.name.removesuffix(f".{language}.md") for path in (CORPUS / folder).glob(f"*.{language}.md")}
    assert sorted(pages) == sorted([*ids, *SUMMARIES[folder]])


def test_both_languages_have_the_same_clauses_in_the_same_order(corpus):
    pages = {language: {d.id: d for d in corpus.documents if d.language is language} for language in Language}
    assert pages[Language.ZH].keys() == pages[Language.EN].keys()
    for id, zh in pages[Language.ZH].items():
        assert [clause.id for clause in zh.clauses] == [clause.id for clause in pages[Language.EN][id].clauses], id


def test_both_languages_give_the_same_figures_in_every_clause(corpus):
    found = {
        language: {
            f"{d.id}#{c.id}": figures(c.text)
            for d in corpus.documents if d.language is language and d.kind is not Kind.GLOSSARY
            for c in d.clauses
        }
        for language in Language
    }  # fmt: skip
    assert sum(map(len, found[Language.ZH].values())) > 1000  # or the comparison would say nothing
    assert found[Language.ZH] == found[Language.EN]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_page_says_above_its_clauses_that_it_is_our_digest(path):
    text = path.read_text(encoding="utf-8")
    disclaimer = DISCLAIMER[path.name.split(".")[1]]
    assert text.count(disclaimer) == 1
    assert text.index(disclaimer) < text.index("\n## ")


def test_official_addresses_are_on_hosts_of_authorities_banks_and_registries(corpus):
    hosts = {urlsplit(d.official_url).hostname for d in corpus.documents if d.official_url}
    elsewhere = {
        host for host in hosts
        if not host.endswith((".gov.cn", ".icbc.com.cn", ".crcrfsp.com", ".zhongdengwang.org.cn"))
    }  # fmt: skip
    assert hosts
    assert elsewhere == set()


def test_products_whose_terms_nobody_could_check_carry_no_figures(corpus):
    unchecked = [d for d in corpus.documents if d.kind is Kind.PRODUCT and d.verification is Verification.KNOWN]
    assert len(unchecked) >= 2 * 15
    assert {f"{d.id}#{c.id}": figures(c.text) for d in unchecked for c in d.clauses if figures(c.text)} == {}


def test_no_page_tells_how_its_facts_were_found(corpus):
    words = (
        "未见原文",
        "转载",
        "二手资料",
        "截断",
        "uncertain",
        "自媒体",
        "未核到",
        "second-hand",
        "not seen in the original",
    )
    told = [
        f"{d.id}.{d.language}#{c.id}: {word}"
        for d in corpus.documents for c in d.clauses for word in words
        if word in f"{d.title}\n{c.heading}\n{c.text}"
    ]  # fmt: skip
    assert told == []


# Words that point at a sentence before. 其他, 其余 and 其中 begin nouns and lists; "that" begins a clause of its own.
LEANS = {
    Language.ZH: re.compile(
        r"该|上述|前述|以上(?!海)|此外|另外|同时|但是?|而且|并且|因此|所以|不过|其(?!他|它|余)|它|这|此"
        r"|本(?:办法|通知|条例|规定|政策|公告|意见|方案|细则|法|制度|措施|产品|贷款|条|款)"
    ),
    Language.EN: re.compile(
        r"(?:This|These|Those|They|Their|Its|The above|The said|The latter|The former (?!China)|In addition|Moreover"
        r"|Furthermore|Besides,|However|But|And|Such|Therefore|The policy|It (?!was reported|is ))\b"
    ),
}


@pytest.mark.parametrize("language", list(Language))
def test_every_sentence_can_be_quoted_alone(corpus, language):
    leaning = [
        f"{d.id}.{language}#{c.id}: {sentence[:60]}"
        for d in corpus.documents if d.language is language
        for c in d.clauses
        for sentence in sentences(c.text, language)
        if LEANS[language].match(sentence.lstrip("“\"（("))
    ]  # fmt: skip
    assert leaning == []


def test_every_document_named_as_predecessor_or_successor_is_there_or_named_by_number_or_title(corpus):
    ids = {d.id for d in corpus.documents}
    named = {target for d in corpus.documents for target in (*d.supersedes, *d.superseded_by)}
    assert named
    assert {target for target in named if target not in ids and not re.search("号|条例|办法", target)} == set()


def test_predecessor_and_successor_name_each_other(corpus):
    pages = {d.id: d for d in corpus.documents}
    for id, page in pages.items():
        for other in page.superseded_by:
            if other in pages:
                assert id in pages[other].supersedes, f"{other} does not say that it supersedes {id}"


# Glossary and synonyms


def test_the_glossary_explains_at_least_80_terms_in_both_languages(corpus):
    for language in Language:
        (glossary,) = [d for d in corpus.documents if d.kind is Kind.GLOSSARY and d.language is language]
        assert len(glossary.clauses) >= 80


def test_every_term_of_the_glossary_points_to_clauses_that_are_there(corpus):
    clauses = {f"{d.id}#{c.id}" for d in corpus.documents for c in d.clauses}
    targets = {target for see in glossary_see_also(CORPUS / "glossary.yaml").values() for target in see}
    assert len(targets) > 40
    assert targets - clauses == set()


@pytest.mark.parametrize("language", list(Language))
def test_every_official_word_of_a_synonym_is_used_by_the_corpus_of_its_language(corpus, language):
    said = normalise("\n".join(
        text for d in corpus.documents if d.language is language
        for text in (d.title, d.short_title, *(f"{c.reference}\n{c.heading}\n{c.text}" for c in d.clauses))
    ))  # fmt: skip
    official = {word for entry in corpus.synonyms if entry.language is language for word in entry.means}
    assert len(official) > 50
    assert {word for word in official if normalise(word) not in said} == set()


# The size standard, as data and as clauses

STANDARD = load_yaml((CORPUS / "size_standard.yaml").read_text(encoding="utf-8"))["industries"]
SIZES = ["micro", "small", "medium", "large"]
Limits = dict[str, dict[str, dict[str, int]]]  # size → "from" or "below" → metric → figure


def expected(industry) -> Limits:
    """From its own lower limits to just below those of the next larger size."""
    lower = {size: industry[size]["limits"] if size in industry else {} for size in SIZES}
    return {
        size: {"from": lower[size], "below": lower.get(larger, {})}
        for size, larger in zip(SIZES, [*SIZES[1:], ""], strict=True)
    }


def printed_in_chinese(text: str) -> Limits:
    metrics = {"从业人员": "employees", "营业收入": "revenue_wan", "资产总额": "assets_wan"}
    sizes = dict(zip(["微型", "小型", "中型", "大型"], SIZES, strict=True))
    limits: Limits = {}
    for part in re.split("[；。]|(?<=型)，", text):
        if (named := re.search("为(微型|小型|中型|大型)", part)) is None:
            continue
        found = limits.setdefault(sizes[named[1]], {"from": {}, "below": {}})
        metric = ""
        for name, below, number, unit, reached in re.findall(
            "(从业人员|营业收入|资产总额)?(不满)?(\\d+)(人|万元|亿元)(及以上)?", part
        ):
            metric = metrics.get(name, metric or "employees")
            assert bool(below) != bool(reached), part
            found["below" if below else "from"][metric] = int(number) * (10000 if unit == "亿元" else 1)
    return limits


def printed_in_english(text: str) -> Limits:
    scale = {"": 1 / 10000, " million": 100, " billion": 100000}  # to ten thousands of yuan
    limits: Limits = {}
    for part in re.split(r"; |\. ", text):
        if (named := re.search(r"are (micro|small|medium|large)", part)) is None:
            continue
        found = limits.setdefault(named[1], {"from": {}, "below": {}})
        for side, number in re.findall(r"(at least|fewer than) ([\d,]+)(?= staff| but fewer)", part):
            found["below" if side == "fewer than" else "from"]["employees"] = int(number.replace(",", ""))
        for metric, name in (("revenue_wan", "revenue"), ("assets_wan", "total assets")):
            words = rf"(?:{name} (?:of )?|but )(at least|below) ([\d.,]+)( million| billion|) yuan"
            for side, number, unit in re.findall(words, part) if metric in part or name in part else ():
                amount = round(float(number.replace(",", "")) * scale[unit])
                found["below" if side == "below" else "from"].setdefault(metric, amount)
    return limits


EVERY_INDUSTRY = pytest.mark.parametrize("number", STANDARD, ids=lambda number: STANDARD[number]["name"]["zh"])
BOTH_LANGUAGES = pytest.mark.parametrize(
    ("language", "printed"), [(Language.ZH, printed_in_chinese), (Language.EN, printed_in_english)], ids=["zh", "en"]
)


@EVERY_INDUSTRY
@BOTH_LANGUAGES
def test_the_clauses_print_the_limits_the_size_standard_computes_with(corpus, number, language, printed):
    (page,) = [d for d in corpus.documents if d.id == "enterprise-size" and d.language is language]
    id = f"industry-{number}"
    read: Limits = {}
    for clause in page.clauses:
        if clause.id in (id, f"{id}-medium"):
            for size, sides in printed(clause.text).items():
                for side, limits in sides.items():
                    read.setdefault(size, {"from": {}, "below": {}})[side] |= limits
    assert read == expected(STANDARD[number])


@EVERY_INDUSTRY
@BOTH_LANGUAGES
def test_the_words_quoted_for_a_size_state_its_own_lower_limits(number, language, printed):
    for size in ("large", "medium", "small"):
        test = STANDARD[number][size]
        assert printed(test["quote"][str(language)])[size]["from"] == test["limits"]


def test_the_limits_of_industry_are_those_of_the_standard_of_2011():
    # 工信部联企业〔2011〕300号 四（二）: 1000人/4亿元, 300人/2000万元, 20人/300万元
    assert STANDARD["2"]["name"]["zh"] == "工业"
    assert [STANDARD["2"][size]["limits"] for size in ("large", "medium", "small")] == [
        {"employees": 1000, "revenue_wan": 40000},
        {"employees": 300, "revenue_wan": 2000},
        {"employees": 20, "revenue_wan": 300},
    ]


# What is written wrongly


def test_the_small_corpus_is_in_order(small_corpus):
    loaded = load_corpus(small_corpus)
    assert sorted({d.id for d in loaded.documents}) == ["glossary", "hangzhou-pool", "renewal", "subsidy", "tax-loan"]
    (renewal,) = [d for d in loaded.documents if d.id == "renewal" and d.language is Language.EN]
    assert (renewal.issued, renewal.document_number, renewal.region) == (
        date(2024, 9, 24),
        "金规〔2024〕13号",
        "nationwide",
    )
    assert [(c.id, c.reference, c.heading) for c in renewal.clauses][:2] == [
        ("1", "Section 1", "Who qualifies"), ("2", "Section 2", "Procedure"),
    ]  # fmt: skip
    assert renewal.clauses[3].period.expires == date(2027, 9, 30)
    assert len(loaded.synonyms) == 3


MALFORMED = [  # what is wrong, file, what stands there, what is written instead, words of the error
    ("a key twice", "policies/subsidy.zh.md", "issued: 2026-01-19", "issued: 2026-01-19\nissued: 2026-01-20",
     ["subsidy.zh.md: front matter is not YAML", "duplicate key 'issued'"]),
    ("an unknown field", "policies/subsidy.zh.md", "region: 全国", "region: 全国\nregoin: 全国",
     ["subsidy.zh.md: regoin: Extra inputs are not permitted"]),
    ("a missing field", "policies/subsidy.zh.md", "region: 全国\n", "", ["subsidy.zh.md: region: Field required"]),
    ("a date that is none", "policies/subsidy.zh.md", "issued: 2026-01-19", "issued: 2026年1月19日",
     ["subsidy.zh.md: issued: Input should be a valid date"]),
    ("an end before the beginning", "policies/subsidy.zh.md", "expires: 2026-12-31", "expires: 2025-12-31",
     ["subsidy.zh.md: front matter:", "expires lies before effective"]),
    ("a lapsed document without an end", "local/hangzhou-pool.zh.md", "repealed: 2025-07-01\n", "",
     ["hangzhou-pool.zh.md", "a lapsed document needs an expires or repealed date"]),
    ("an unknown kind", "policies/subsidy.zh.md", "kind: programme", "kind: poster",
     ["subsidy.zh.md: kind: Input should be 'law', 'regulation'"]),
    ("no front matter", "policies/subsidy.zh.md", "---\nid: subsidy", "id: subsidy",
     ["subsidy.zh.md: must begin with front matter between two lines of ---"]),
    ("no disclaimer", "policies/subsidy.zh.md", "> 本页是本项目根据公开资料编写的摘要", "> 本页是摘要",
     ["subsidy.zh.md: the text before the first clause must carry: 本页是本项目"]),
    ("a disclaimer of the other language", "policies/subsidy.en.md", "> This page is our own digest", "> 本页是摘要",
     ["subsidy.en.md: the text before the first clause must carry: This page is our own digest"]),
    ("a clause id twice", "policies/subsidy.zh.md", "{#2}", "{#1}", ["subsidy.zh.md: clause id '1' stands twice"]),
    ("a heading without id", "policies/subsidy.zh.md", "额度 {#2}", "额度",
     ["subsidy.zh.md: heading must read '## reference｜heading {#id}': '## 二｜额度'"]),
    ("a clause without text", "policies/subsidy.zh.md", "贴息贷款单户最多5000万元。", "",
     ["subsidy.zh.md: clause '2' has no text"]),
    ("an entry for no clause", "policies/renewal.zh.md", "  medium: {", "  large: {",
     ["renewal.zh.md: clauses.large: there is no such clause"]),
    ("a figure changed in one language", "policies/subsidy.en.md", "50 million yuan", "60 million yuan",
     ["subsidy#2: figures differ between zh and en: only zh ['50000000'], only en ['60000000']"]),
    ("a date changed in one language", "policies/renewal.en.md", "30 September 2027", "30 August 2027",
     ["renewal#medium: figures differ", "only zh ['2027-09-30'], only en ['2027-08-30']"]),
    ("a period changed in one language", "policies/subsidy.en.md", "expires: 2026-12-31", "expires: 2027-12-31",
     ["subsidy: period differs between zh", "and en"]),
    ("a clause in one language only", "policies/subsidy.en.md", "{#2}", "{#cap}",
     ["subsidy: clause ids or their order differ between zh and en: ['2', 'cap']"]),
    ("a reprint as official address", "policies/subsidy.zh.md", "official_url: null",
     "official_url: https://www.sohu.com/a/1",
     ["subsidy.zh.md: official_url",
      "must be null or an address of the authority's or bank's own host, not of a reprint"]),
    ("a host that only looks official", "policies/subsidy.zh.md", "official_url: null",
     "official_url: https://www.mof.gov.cn.example.com/1", ["subsidy.zh.md: official_url", "not of a reprint"]),
    ("a successor that is not there", "policies/subsidy.zh.md", "superseded_by: []", "superseded_by: [subsidy-2027]",
     ["subsidy.zh: superseded_by: there is no document 'subsidy-2027'"]),
    ("a term that points nowhere", "glossary.yaml", "renewal#2", "renewal#9",
     ["glossary.yaml: renewal.see: there is no clause 'renewal#9'"]),
    ("a term id twice", "glossary.yaml", "- id: subsidy", "- id: renewal",
     ["glossary.yaml: terms: id 'renewal' stands twice"]),
    ("a term without English", "glossary.yaml", "  en: interest subsidy\n", "",
     ["glossary.yaml: terms.1.en: Field required"]),
    ("a synonym that means nothing", "synonyms.yaml", "means: [贴息]", "means: []", ["synonyms.yaml: zh.1.means",
     "at least 1 item"]),
    ("synonyms that are no YAML", "synonyms.yaml", "means: [贴息]", "means: [贴息", ["synonyms.yaml: cannot be read",
     "line"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "stands", "instead", "words"), [case[1:] for case in MALFORMED], ids=[c[0] for c in MALFORMED]
)
def test_what_is_written_wrongly_is_named_with_its_file(small_corpus, file, stands, instead, words):
    path = small_corpus / file
    text = path.read_text(encoding="utf-8")
    assert text.count(stands) >= 1
    path.write_text(text.replace(stands, instead, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_corpus(small_corpus)
    for word in words:
        assert word in str(caught.value)
    assert "python -m index check" in str(caught.value)


def test_a_file_must_be_named_after_its_id_and_language(small_corpus):
    (small_corpus / "policies" / "subsidy.zh.md").rename(small_corpus / "policies" / "subsidies.zh.md")
    with pytest.raises(
        CorpusError, match=r"subsidies\.zh\.md: must be named subsidy\.zh\.md after its id and language"
    ):
        load_corpus(small_corpus)


def test_a_page_missing_in_one_language_is_named(small_corpus):
    (small_corpus / "policies" / "subsidy.en.md").unlink()
    with pytest.raises(CorpusError, match="subsidy: there is no page in en"):
        load_corpus(small_corpus)


def test_the_same_document_in_two_folders_is_named(small_corpus):
    copy = small_corpus / "local" / "subsidy.zh.md"
    copy.write_text((small_corpus / "policies" / "subsidy.zh.md").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"subsidy\.zh.*twice"):
        load_corpus(small_corpus)


def test_a_file_that_is_not_utf8_is_named(small_corpus):
    path = small_corpus / "policies" / "subsidy.zh.md"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(CorpusError, match=r"subsidy\.zh\.md: .*UTF-8"):
        load_corpus(small_corpus)


def test_every_problem_of_every_file_is_named_at_once(small_corpus):
    for name in ("subsidy.zh.md", "renewal.zh.md"):
        path = small_corpus / "policies" / name
        path.write_text(path.read_text(encoding="utf-8").replace("kind:", "sort:"), encoding="utf-8")
    (small_corpus / "synonyms.yaml").unlink()
    with pytest.raises(CorpusError) as caught:
        load_corpus(small_corpus)
    said = str(caught.value)
    assert all(
        name in said for name in ("subsidy.zh.md: sort", "subsidy.zh.md: kind", "renewal.zh.md: sort", "synonyms.yaml")
    )


def test_an_empty_folder_is_no_corpus(tmp_path):
    with pytest.raises(CorpusError, match="there are no documents"):
        load_corpus(tmp_path)
