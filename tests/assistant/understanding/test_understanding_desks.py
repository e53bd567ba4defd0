"""Which questions come to which desk, and which come to none: those that clauses answer, not rules."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.casework import case_of
from assistant.eligibility.rulebook import Rulebook
from assistant.profile import Desk, Profile, Range, Stated
from assistant.rule_files import load_rulebook
from assistant.types import Question
from assistant.understanding.desks import desk_of, does_not_know, goes_on, introduces, kinds_named
from index.settings import ROOT
from index.text import language_of
from index.types import Language

ON = date(2026, 11, 22)
ZH, EN = Language
DESKS = {
    "size": """
        开旅馆的，一共8个人，一年做150万，算小型还是微型
        我们工厂350人，营收1800万，属于什么型企业
        软件公司，60人，年收入800万，算不算小微企业
        建筑公司去年营收5000万，资产总额4000万，划型属于哪一类
        我开超市，12个人，年销售额90万，是小型企业吗
        物业公司90个人，营业收入600万，企业规模怎么定
        We run a hotel with 8 people and revenue of 1.5 million yuan. Are we micro or small?
        Our factory has 350 employees and 18 million yuan in revenue; what size class is it?
        My shop has 12 staff and 0.9 million yuan revenue. Do we count as a small enterprise?
    """,
    "renewal": """
        贷款12月20号到期还不上本金
        我们公司有笔流动资金贷款下个月到期，能续贷吗
        工行的经营贷2027年1月15日到期，不想先还本金怎么办
        餐馆的贷款12月底到期，还不上，能展期吗
        我们是小微企业，在农行的贷款12月20日到期，怎么续
        My working-capital loan falls due on 20 December 2026 and I cannot repay the principal.
        Our loan is due on 15 January 2027. Can we renew it?
    """,
    "subsidy": """
        开餐馆贷200万，能贴息多少
        我们公司2026年3月贷了500万固定资产贷款，能拿多少贴息
        贷100万搞设备更新，2年，贴息能省多少
        We run a restaurant and want to borrow 2 million yuan. How much interest subsidy would we get?
    """,
    "schedule": """
        贷款100万，年利率3.6%，12个月，等额本息每月还多少
        我贷50万，年利率4%，3年，月供多少
        借80万，利率3.45%，2年，利息一共多少
        I borrow 1 million yuan at 3.6% for 12 months. What is the monthly payment?
    """,
    "match": """
        我开了家小饭馆，5个人，一年流水80万，想贷30万周转
        我们是科技型中小企业，成立3年，年收入600万，想贷款200万，有什么合适的产品
        在大庆开网店，退役军人，想贷20万创业
        我是高校毕业生，想自己创业开咖啡店，贷款20万
        开厂的，40人，年营收3000万，想买设备贷500万
        我们公司成立2年，年收入500万，能申请创业担保贷款吗
        我的店有8个员工，新招了2个失业人员，符合创业担保贷款条件吗
        我想贷款
        帮我看看我能申请哪些政策
        We are a software firm with 20 employees and 5 million yuan revenue and want to borrow 2 million yuan. What can we get?
        I run a restaurant with 5 staff and want to borrow 300,000 yuan.
        My company is 2 years old with revenue of 5 million yuan. Can we apply for the start-up guaranteed loan?
        我们做物业的，90个人，营收600万，缺钱，有啥贷款能办
        开面馆的个体户，3个人，手头紧，能贷到款吗
        科技公司成立2年，25个人，有没有适合我们的贴息政策
        Our software firm has 20 staff and 5 million yuan revenue. Which programmes could we get?
        What can I get?
        What can we apply for?
        I want a loan
    """,
}
NO_DESK = {
    "one thing": """
        甲方欠我们货款80万拖了半年，我们是建筑公司20个人，怎么要回来
        我个体户，客户非要给我商票，能不能不收
        我是开餐馆的，6个人，2026年新的流贷办法对我贷款有什么影响
        我是科技公司，员工30人，知识产权质押贷款怎么办理
        我店里5个人，一年流水80万，银行要收我贷款承诺费，可以吗
        我们是高新技术企业，50人，信用修复要多久，修复后能贷款吗
        我们公司成立3年，年收入600万，被人行征信记错了逾期，能改吗
        我开工厂40人，贷款合同里的违约条款怎么谈
        全国统一要求企业成立满6个月才能进推荐清单，我听湛江的人这样说的
        A hospital owes our 20-person company money; can we refuse a commercial bill?
        We have 30 staff and 5 million yuan revenue. What effect do the new loan rules have?
        Our factory has 40 workers and the bank wants an insurance fee. Is that permitted?
    """,
    "policy": """
        个人创业担保贷款最高能贷多少
        2026年中小微企业贷款贴息比例是多少
        小微企业贷款到期了还不上本金怎么办
        截至2025年6月末走访了多少户
        2025年末普惠小微贷款余额
        金规〔2024〕13号第三条怎么说
        政府性融资担保的费率是多少
        中型企业续贷政策到什么时候
        建行云税贷怎么申请
        云税贷的额度和利率
        大型企业多少天内要付款给中小企业
        北京首次贷款贴息多少
        贷款贴息政策什么时候到期
        怎么修复信用
        What is the maximum start-up guarantee loan?
        My small firm's loan falls due and I cannot repay the principal. What can I do?
        When did the Private Economy Promotion Law take effect?
        Which industries does the services subsidy cover?
        Can I get a loan if I was late with payments?
        How do we register receivables on the platform?
    """,
    "definition": """
        小微企业的划型标准是什么
        什么是无还本续贷
        微型企业是什么意思
        餐饮业从业人员多少人以下算微型企业
        等额本息和等额本金有什么区别
        续贷和展期的区别
        What is an interest subsidy?
        What does micro enterprise mean?
        What is the difference between renewal and extension?
        What is the loan prime rate we should look at?
    """,
    "materials": """
        创业担保贷款需要什么材料
        无还本续贷要准备哪些材料
        我们公司8个人，年收入500万，申请创业担保贷款需要什么材料
        我们是小微企业，8个人，年收入500万，创业担保贷款和稳岗扩岗贷款有什么不同
        We have 8 staff and 5 million yuan in revenue; what documents do we need for a loan?
        What documents do I need to renew a loan?
    """,
    "complaint": """
        银行强制我买保险才给贷款，合法吗
        我被银行抽贷了，8个人的厂子，怎么投诉
        中介说交2万就能贷到100万，靠谱吗
        为什么我的贷款被拒了
        Is it legal for a bank to charge a fee for renewing my loan?
        Why was my loan refused?
        How do I complain about a bank?
        My bank insists that I buy insurance; what can I do?
    """,
    "greeting": """
        你好
        谢谢
        Hello
    """,
}


def lines(told: dict[str, str]) -> list[tuple[str, str]]:
    return [(kind, line.strip()) for kind, block in told.items() for line in block.strip().splitlines()]


@pytest.fixture(scope="module")
def book(corpus) -> Rulebook:
    return load_rulebook(ROOT / "corpus", corpus.documents)


def desk(text: str, book: Rulebook) -> str | None:
    case = case_of(Question(text, ON), language_of(text) or ZH, book)
    return str(case.desk) if case else None


@pytest.mark.parametrize(("wanted", "text"), lines(DESKS))
def test_a_question_about_ones_own_enterprise_comes_to_its_desk(book, wanted, text):
    assert desk(text, book) == wanted


@pytest.mark.parametrize(("kind", "text"), lines(NO_DESK))
def test_a_question_that_clauses_answer_comes_to_none(book, kind, text):
    assert desk(text, book) is None


def test_both_languages_and_every_desk_are_tried():
    assert len(lines(DESKS)) + len(lines(NO_DESK)) >= 80
    for wanted in Desk:
        assert {language_of(text) for kind, text in lines(DESKS) if kind == wanted} == {ZH, EN}


# Word by word, with facts of the test's own


def profile(*facts: str) -> Profile:
    return Profile.of(Stated(fact, Range.of(8), "说过", 0) for fact in facts)


def at(text: str, *facts: str, fresh: tuple[str, ...] | None = None, decisive: tuple[str, ...] = ()) -> Desk | None:
    known = profile(*facts)
    stated = known.stated.values() if fresh is None else [known.stated[fact] for fact in fresh]
    return desk_of(text, language_of(text) or ZH, known, list(stated), frozenset(decisive))


@pytest.mark.parametrize(
    ("text", "facts", "wanted"),
    [
        ("算小型还是微型", ("employees",), Desk.SIZE),
        ("算小型还是微型", ("revenue_wan",), Desk.SIZE),
        ("算小型还是微型", (), None),  # no figure at all: the standard itself is asked about
        ("算小型还是微型", ("region",), None),
        ("能续贷吗", ("loan_due",), Desk.RENEWAL),
        ("能续贷吗", ("loan_kind", "employees"), Desk.RENEWAL),
        ("能续贷吗", ("employees",), None),  # of a loan nothing is known
        ("能贴息多少", ("loan_wanted_wan",), Desk.SUBSIDY),
        ("能贴息多少", ("employees",), None),
        ("月供多少", ("loan_wanted_wan", "loan_rate"), Desk.SCHEDULE),
        ("月供多少", ("loan_principal_wan", "term_months"), Desk.SCHEDULE),
        ("月供多少", ("loan_rate", "term_months"), None),
        ("月供多少", ("loan_wanted_wan",), None),
    ],
)
def test_a_desk_needs_the_figures_it_works_with(text, facts, wanted):
    assert at(text, *facts) == wanted


def test_what_was_inferred_is_no_figure_of_the_users():
    known = Profile.of([Stated("employees", Range.of(1), "自己干", 0, inferred=True)])
    assert desk_of("算小型还是微型", ZH, known, known.stated.values(), frozenset()) is None


def test_a_wish_needs_two_facts_that_say_something():
    assert at("我想贷款周转", "employees", "revenue_wan") is Desk.MATCH
    assert at("我想贷款周转", "employees") is None
    assert at("我想贷款周转", "employees", "region") is None  # a place alone tells little
    assert at("我们今年不错", "employees", "revenue_wan") is None  # no wish


def test_facts_of_earlier_turns_make_no_wish():
    assert at("我想贷款周转", "employees", "revenue_wan", fresh=()) is None
    assert at("算小型还是微型", "employees", fresh=()) is Desk.SIZE  # but they count at the other desks


def test_one_fact_that_decides_about_what_is_named_is_enough():
    assert at("我8个人能办吗", "employees", decisive=("employees",)) is Desk.MATCH
    assert at("我8个人能办吗", "employees", decisive=("months",)) is None
    assert at("我8个人能贷多少", "employees", decisive=("employees",)) is None  # an amount is looked up
    assert at("我有8个人，能贷的利率是多少", "employees", decisive=("employees",)) is None


def test_of_others_enterprises_nothing_is_decided():
    assert at("企业能办吗", "form", decisive=("form",)) is None
    assert at("我能办吗", "form", decisive=("form",)) is Desk.MATCH


@pytest.mark.parametrize("words", ["合法吗", "怎么投诉", "为什么", "有什么区别", "靠谱吗"])
def test_conduct_law_and_definitions_are_never_decided(words):
    assert at(f"我想贷款，{words}", "employees", "revenue_wan") is None
    assert at(f"贷款到期还不上，{words}", "loan_due") is None


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("有什么贴息", ZH, {"subsidy"}),
        ("怎么进推荐清单", ZH, {"mechanism"}),
        ("政府性融资担保和贴息", ZH, {"guarantee", "subsidy"}),
        ("我想贷款", ZH, set()),
        ("担保贷款", ZH, set()),
        ("any interest subsidies?", EN, {"subsidy"}),
        ("the government-backed guarantee scheme", EN, {"guarantee"}),
        ("how to get on the recommendation list", EN, {"mechanism"}),
    ],
)
def test_groups_of_candidates_are_named_by_a_word(text, language, kinds):
    assert kinds_named(text, language) == kinds


FACT = [Stated("employees", Range.of(11), "11个", 1)]


@pytest.mark.parametrize(
    ("text", "language", "goes"),
    [
        ("人手加到11个呢", ZH, True),
        ("如果是11个人呢", ZH, True),
        ("11个人", ZH, True),
        ("我们11个人，算什么型", ZH, True),
        ("11个人的企业怎么申请", ZH, False),
        ("11个人合法吗", ZH, False),
        ("11个人是多少钱", ZH, False),
        ("What if we had 11?", EN, True),
        ("And with 11 people?", EN, True),
        ("11 people", EN, True),
        ("Which loans are there for 11 people?", EN, False),
    ],
)
def test_a_turn_goes_on_with_the_case_where_it_states_facts_and_asks_no_more(text, language, goes):
    assert goes_on(text, language, FACT) is goes
    assert goes_on(text, language, []) is False


@pytest.mark.parametrize("text", ["不知道", "我不太清楚", "这个不清楚。", "没算过", "跳过", "不记得了"])
def test_not_knowing_in_chinese(text):
    assert does_not_know(text, ZH)


@pytest.mark.parametrize("text", ["I don't know", "We do not really know.", "Not sure", "No idea", "skip"])
def test_not_knowing_in_english(text):
    assert does_not_know(text, EN)


@pytest.mark.parametrize("text", ["不知道续贷怎么办理？", "8个人", "我不清楚什么是续贷，能讲讲吗？", "知道"])
def test_a_question_is_no_not_knowing(text):
    assert not does_not_know(text, ZH)


def test_an_enterprise_is_introduced_by_two_facts_of_its_own():
    two = list(profile("employees", "revenue_wan").stated.values())
    told = "我们8个人，年收入500万"
    assert introduces(told, two)
    assert not introduces(f"{told}，要准备哪些材料", two)  # it asks for something that is looked up
    assert not introduces(told, two[:1])
    assert not introduces(told, profile("region", "purpose", "exports").stated.values())
    assert not introduces(told, [Stated(item.fact, item.value, "", 0, inferred=True) for item in two])
