"""银行回单 and kin: electronic receipts, 进账单, transfer vouchers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from extractors.documents.bank_slip_content import shows_a_transfer
from extractors.documents.bank_slip_labels import LABELS, SIDE_WORDS, WEAKER_LABELS
from extractors.documents.bank_slip_purpose import rank_purposes
from extractors.documents.chosen_values import OF_PRINTING, put_choice
from extractors.documents.declare import DATE, MONEY, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.ties import figures_and_words
from extractors.keyvalue import value_types
from extractors.keyvalue.candidates import Candidate, Role
from extractors.keyvalue.joint_choice import Pairing
from extractors.keyvalue.label_similarity import plain_label
from extractors.keyvalue.pieces import Piece
from extractors.keyvalue.reading import KeyValueReading
from extractors.keyvalue.sides import Caption, captions_of, side_evidence
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.amount_grid import grid_amount
from extractors.layout.lines import join_words
from extractors.layout.page import Page, Word
from extractors.values.money import money_text

BANK_SLIP = document_type(
    id="bank_slip",
    title="Bank slip",
    title_zh="银行回单",
    recognise=Recognise(
        titles=re.compile(
            r"回单(?!编号|号|专用)|进账单|进帐单|转账凭证|付款凭证|收款凭证|支付凭证|汇款凭证|电汇凭证|业务凭证|转账支票存根|客户通知书|收款通知|付款通知|结算业务申请书|入账通知"
            r"|(?:汇款|转账|交易|收付款|到账|汇兑|缴款|支付).{0,2}(?:回执|凭条)|(?:电子|网银|网上银行)回执|(?:汇兑|交易|收付款|划款|电子)凭证|[借贷]记(?:通知|凭证)"
            r"|(?:汇款|入账|到账|来账|付款|收款|转账|扣款).{0,4}通知(?:书|单)?|(?:付款|转账|汇款|支付)交易证明"
        ),
        cues=(
            "付款人|付款方|汇款人|出票人|付款户名|付款账",
            "收款人|收款方|持票人|收款户名|收款账",
            "大写",
            "小写|金额",
            "户名|全称|名称",
            "账号|账户",
            "用途|摘要|附言",
        ),
        never=re.compile(r"价税合计|资产负债表|保证合同|期初余额|上期余额"),
        essential=(
            "付款|汇款|出票|借方|转出|付方",
            "收款|持票|贷方|转入|收方|受益",
            "金额|大写|小写",
            "账号|帐号|账户|卡号",
        ),
        # Not any 单: companies print 销售单 and 报销单 with payer, payee and accounts themselves.
        ends=re.compile(
            r"(?:回单|回执单?|凭证单?|凭条|通知[书单]?|存根|(?:进账|汇款|转账|划拨|交易|业务|受理)单)$"
        ),
        sheets=False,
        bears=shows_a_transfer,
        identity="serial_number",
        repeats=True,
    ),
    vocabulary=LABELS,
    required=("date", "amount", "payer_name|payee_name"),
    made_by=Maker.INSTITUTION,
    system_issued=True,
    ties=figures_and_words,
)
DATE_ = BANK_SLIP.field("date", DATE, label_zh="日期")
AMOUNT = BANK_SLIP.field("amount", MONEY, label_zh="金额（小写）")
AMOUNT_WORDS = BANK_SLIP.field("amount_words", MONEY, label_zh="金额（大写）")
PAYER_NAME = BANK_SLIP.field("payer_name", PARTY, label_zh="付款人")
PAYER_ACCOUNT = BANK_SLIP.field("payer_account", TEXT, label_zh="付款账号")
PAYEE_NAME = BANK_SLIP.field("payee_name", PARTY, label_zh="收款人")
PAYEE_ACCOUNT = BANK_SLIP.field("payee_account", TEXT, label_zh="收款账号")
SERIAL_NUMBER = BANK_SLIP.field("serial_number", TEXT, label_zh="流水号")
PURPOSE = BANK_SLIP.field("purpose", TEXT, label_zh="用途")

# In log-odds, how likely a slip prints a thing at all: without a known label the likeliest text is
# kept, in doubt, instead of none.
_BOTH_PARTIES = 2.5
_A_DAY = 2.0
_A_NUMBER = 1.5
_A_PURPOSE = 1.0
# Labels of other numbers, however they begin: 回单编号, 接收行行号, 业务标识号.
_NO_ACCOUNT = re.compile(
    r"(?:行号|编号|编码|标识号|流水号?|序号|凭证号码?|回单号码?|验证码|客户号|柜员号?|电话)$"
)
# Labels of a party's bank, of its branch and of the bank's staff, whoever's side they name.
_NO_PARTY = re.compile(
    r"(?:行|行名|行名称|行全称|行号|银行|机构|网点|柜员|经办|复核|记账|地址|地点|电话)$"
)


def _party_roles(side: str) -> Iterator[Role]:
    """The name and the account of the payer or the payee."""
    yield Role(
        name=f"{side}_name",
        find=value_types.names,
        labels=(f"{side}_name", side, "name"),
        takes_parts=False,
        other_labels=_NO_PARTY,
        expected=_BOTH_PARTIES,
    )
    yield Role(
        name=f"{side}_account",
        find=value_types.accounts,
        labels=(f"{side}_account", "account"),
        other_labels=_NO_ACCOUNT,
        expected=_BOTH_PARTIES,
    )


_ROLES = (
    Role(name="amount", find=value_types.amounts, labels=("amount",)),
    Role(name="amount_words", find=value_types.words_amounts, labels=("amount_words", "amount")),
    *_party_roles("payer"),
    *_party_roles("payee"),
    Role(
        name="date",
        find=value_types.dates,
        labels=("date",),
        other_labels=OF_PRINTING,
        expected=_A_DAY,
    ),
    Role(
        name="serial_number",
        find=value_types.serials,
        labels=("serial_number",),
        base=-3.7,  # slips bear several numbers
        expected=_A_NUMBER,
    ),
    Role(
        name="purpose",
        find=value_types.purposes,
        labels=("purpose",),
        takes_parts=False,
        expected=_A_PURPOSE,
    ),
)
_SIDES = ("payer", "payee")
_VOCABULARY = Vocabulary(BANK_SLIP.vocabulary, WEAKER_LABELS)

# What the rest of a slip says about two of its values, in log-odds.
_WORDS_AGREE = 3.0
_WORDS_DIFFER = -0.5  # words and figures that differ are for the rules to find, not to choose by
_SAME_BLOCK = 1.5
_OTHER_BLOCK = -1.5
_FOREIGN_SIDE = -6.0  # the label itself says the other side
_OWN_SIDE = 3.0
_DAY_IN_SERIAL = 1.0  # where no known label says what the number is
_LIKELY = -2.0  # log-odds from which a day counts as a rival
_WEAKLY_NAMED = 0.6  # fit of a label below which it names a day weakly
_ONE_OF_SEVERAL = 1.5
_LABELLED = 0.3  # fit of a label from which it says that
_PAYER_FIRST = 0.3  # of two sides without captions the payer is mostly printed first
_GRID = 5.0  # an amount under the printed places of 元角分 is the slip's amount
_BLOCK_LINES = 4.5  # heights of type between a name and the account below it


# Settled by the packet's statement: its rows show the serial number and the other side's account.
_OPEN_ROLES = ("serial_number",)
_OPEN_WHERE_DOUBTED = ("payer_account", "payee_account")


@BANK_SLIP.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read date, amount in both writings, both parties, serial number and purpose."""
    reading = KeyValueReading(pages, _VOCABULARY)
    captions = captions_of(reading.pieces, _VOCABULARY, _SIDES)
    for role in _ROLES:
        side = role.name.partition("_")[0]
        if side in _SIDES:
            reading.add(role, partial(_side_odds, side=side, captions=captions))
        else:
            reading.add(role)
    _add_grid(reading, pages)
    rank_purposes(reading.candidates["purpose"])
    _doubt_weak_days(reading.candidates["date"])
    reading.choose(_pairings(reading))
    parts = Parts()
    put_choice(reading, BANK_SLIP, parts, open_roles=_OPEN_ROLES, also=_OPEN_WHERE_DOUBTED)
    return parts


def _side_odds(candidate: Candidate, *, side: str, captions: Sequence[Caption]) -> float:
    """Return what captions and labels say about the side of a name or an account."""
    odds = side_evidence(candidate, captions, side)
    named = _side_of_label(candidate)
    if not named:
        return odds
    return odds + (_OWN_SIDE if named == side else _FOREIGN_SIDE)


def _side_of_label(candidate: Candidate) -> str:
    """Return the side that the nearest label itself names: 付款人户名, 收款账号."""
    if not candidate.links:
        return ""
    nearest = max(candidate.links, key=lambda link: link.strength)
    text = plain_label(nearest.label.text)
    sides = [side for side, words in SIDE_WORDS.items() if any(w in text for w in words)]
    return sides[0] if len(sides) == 1 else ""


def _add_grid(reading: KeyValueReading, pages: Sequence[Page]) -> None:
    """Add the amount that is written one digit a cell under 亿千百十万千百十元角分."""
    for page in pages:
        grid = grid_amount(page)
        if grid is None:
            continue
        value, words = grid
        raw = join_words(sorted(words, key=lambda w: w.x0))
        place = Word(
            raw,
            min(w.x0 for w in words),
            min(w.top for w in words),
            max(w.x1 for w in words),
            max(w.bottom for w in words),
        )
        piece = Piece(raw, place, page, line=-1)
        found = Candidate("amount", money_text(value), raw, piece, 0, len(raw), _GRID)
        found.label_fit = 1.0
        reading.candidates["amount"].insert(0, found)


def _pairings(reading: KeyValueReading) -> Mapping[tuple[str, str], Pairing]:
    names = [c for side in _SIDES for c in reading.candidates[f"{side}_name"]]
    block = partial(_same_block, names=names)
    return {
        ("amount", "amount_words"): _words_and_figures,
        ("payer_name", "payer_account"): block,
        ("payee_name", "payee_account"): block,
        ("payer_name", "payee_name"): _parallel,
        ("serial_number", "date"): _holds_the_day,
    }


def _words_and_figures(figures: Candidate, words: Candidate) -> float:
    return _WORDS_AGREE if figures.value == words.value else _WORDS_DIFFER


def _doubt_weak_days(found: list[Candidate]) -> None:
    """Lower the odds of days that a weak label names where the slip prints other days too.

    申请时间 may be the day of the payment, or that on which somebody asked for the receipt.
    """
    days = {each.value for each in found if each.odds > _LIKELY}
    if len(days) < 2:
        return
    for each in found:
        if each.label_fit < _WEAKLY_NAMED:
            each.odds -= _ONE_OF_SEVERAL
    found.sort(key=lambda each: -each.odds)


def _holds_the_day(serial: Candidate, day: Candidate) -> float:
    """Return what it says that a number holds the slip's day, as banks' serial numbers mostly do."""
    if serial.label_fit >= _LABELLED:
        return 0.0
    digits = day.value.replace("-", "")
    held = serial.value.startswith((digits, digits[2:])) or digits in serial.value
    return _DAY_IN_SERIAL if held else 0.0


def _parallel(payer: Candidate, payee: Candidate) -> float:
    """Return the little that the order of two parties says."""
    if payer.value == payee.value:
        return 0.0  # a company may move money between its own accounts
    before = (payer.word.top, payer.word.x0) <= (payee.word.top, payee.word.x0)
    return _PAYER_FIRST if before else -_PAYER_FIRST


def _same_block(name: Candidate, account: Candidate, *, names: Sequence[Candidate]) -> float:
    """Return whether an account stands in the block of a name: beside it or just below."""
    if name.piece.page is not account.piece.page:
        return _OTHER_BLOCK
    cost = _distance(name.word, account.word)
    if cost > _BLOCK_LINES * name.word.height:
        return _OTHER_BLOCK
    nearer = any(
        _distance(other.word, account.word) < cost - 1
        for other in names
        if other.value != name.value and other.odds > 0
    )
    return _OTHER_BLOCK if nearer else _SAME_BLOCK


def _distance(name: Word, account: Word) -> float:
    """Return how far an account stands from a name: down its column, or along its line."""
    down = max(0.0, account.top - name.bottom, name.top - account.bottom)
    if down == 0 and abs(account.mid - name.mid) < 0.6 * name.height:
        ahead = account.x0 - name.x1
        return 0.12 * ahead if ahead >= 0 else 0.3 * abs(account.x1 - name.x0) + name.height
    return down + 0.5 * abs(account.x0 - name.x0)
