"""Files of other systems to a party graph: tables of guarantees, loans with their guarantors, shareholders and firms (CSV, xlsx), FollowTheMoney, BODS 0.4.

Every relation keeps the file and the line or statement that says so. Parties are resolved as those of papers are: credit code first.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from extractors.model import WHOLE_PAGE
from extractors.values.money import UNITS, parse_money
from extractors.values.party_name import folded_name
from extractors.values.period import parse_date
from graphs.model import Entity, PartyGraph, Place, Relation, Worth
from graphs.resolve.same_party import Mention, resolve
from graphs.sources.contacts import keys_of

# What each column may be called, in tables of either language.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": (
        "guarantor",
        "owner",
        "shareholder",
        "payer",
        "source",
        "保证人",
        "担保人",
        "保证人名称",
        "股东",
        "股东名称",
        "付款人",
    ),
    "target": (
        "debtor",
        "borrower",
        "company",
        "payee",
        "target",
        "债务人",
        "被担保人",
        "借款人",
        "借款企业",
        "客户名称",
        "企业",
        "公司",
        "公司名称",
        "收款人",
    ),
    "source_code": ("guarantor_code", "source_code", "保证人代码", "保证人统一社会信用代码"),
    "target_code": ("debtor_code", "target_code", "债务人代码", "债务人统一社会信用代码"),
    "amount": (
        "amount",
        "balance",
        "loan_balance",
        "担保金额",
        "贷款余额",
        "贷款金额",
        "借款金额",
        "金额",
    ),
    "share": ("share", "percentage", "持股比例", "出资比例"),
    "start": (
        "start",
        "signed",
        "from",
        "start_day",
        "起始日",
        "签订日期",
        "起始日期",
        "放款日",
        "发放日期",
    ),
    "end": ("end", "to", "end_day", "到期日", "到期日期", "贷款到期日", "终止日期"),
    "contract": ("contract", "contract_number", "loan", "合同编号", "借款合同编号", "借据号"),
    "mode": ("mode", "保证方式"),
    "kind": ("kind", "relation", "关系"),
    "code": ("code", "uscc", "统一社会信用代码", "信用代码"),
    "net_assets": ("net_assets", "净资产", "所有者权益"),
    "day": ("as_of", "报表日", "报表日期"),
    "phone": ("phone", "电话", "联系电话"),
    "email": ("email", "邮箱", "电子邮箱"),
    "address": ("address", "地址", "住所", "注册地址"),
}
_OF_FIRMS = {
    "net_assets",
    "phone",
    "email",
    "address",
}  # a table with one of these beside 企业 tells about firms, not relations
KINDS = {
    "guarantees": "guarantees",
    "担保": "guarantees",
    "保证": "guarantees",
    "holds_shares": "holds_shares",
    "持股": "holds_shares",
    "pays": "pays",
    "invoices": "invoices",
    "开票": "invoices",
}
_FTM_TIES = {
    "Ownership": ("holds_shares", "owner", "asset"),
    "Directorship": ("represents", "director", "organization"),
}
_FTM_TIES |= {
    "UnknownLink": ("guarantees", "subject", "object"),
    "Payment": ("pays", "payer", "beneficiary"),
}
_FTM_KINDS = {
    "Company": "company",
    "Organization": "company",
    "LegalEntity": "company",
    "Person": "person",
    "BankAccount": "account",
}


_SHOWN, _CELLS = 20, 12  # characters of a cell and cells of a head row that an error tells
_LIST = re.compile(r"[、;；\n]")  # several guarantors of one loan in one cell
_UNIT = re.compile(r"(百万元|千元|万元|亿元|元)[)）]?$")


class NotAGraph(ValueError):
    """The file holds nothing that is known here; the message, in both languages, says what was looked for."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class _Row:
    """One relation as a table states it."""

    kind: str
    cells: dict[str, str]
    place: Place
    unit: Decimal  # that its amount is printed in


def imported(name: str, data: bytes) -> PartyGraph:
    """The graph of one file, by what it holds. Raises NotAGraph."""
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        return _of_table(name, _sheet_rows(data))
    if start == b"[":
        return _bods(name, _json(data))
    if start == b"{":
        return _ftm(name, [_json(line) for line in data.splitlines() if line.strip()])
    return _of_table(name, csv.reader(io.StringIO(_text(data))))


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAGraph("UTF-8 或 GB 18030 编码的表格", "a table in UTF-8 or GB 18030")


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAGraph(f"JSON（{error}）", f"JSON: {error}") from error


def _sheet_rows(data: bytes) -> Iterator[list[str]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python()
    except Exception as error:
        raise NotAGraph(f"可打开的工作簿（{error}）", f"a workbook that opens: {error}") from error
    return (
        [cell.isoformat() if isinstance(cell, date) else str(cell) for cell in row] for row in rows
    )


def _of_table(name: str, rows: Iterable[list[str]]) -> PartyGraph:
    lines = [[cell.strip() for cell in row] for row in rows]
    tops = [set(heads(row).values()) for row in lines[:10]]
    head = next((i for i, top in enumerate(tops) if {"source", "target"} <= top), None)
    if (
        head is None
        and (
            firms := next(
                (i for i, top in enumerate(tops) if "target" in top and top & _OF_FIRMS), None
            )
        )
        is not None
    ):
        return _firms(name, lines, firms)
    if head is None:
        shown = "、".join(
            cell[:_SHOWN] for cell in next((row for row in lines if any(row)), [])[:_CELLS] if cell
        )
        raise NotAGraph(
            "列名“保证人”与“债务人”（或“借款人”），“股东”与“公司”，“企业”与“净资产”或“联系电话”"
            + (f"；表头现为：{shown}" if shown else ""),
            "columns 保证人 and 债务人, 股东 and 公司, 企业 and 净资产 or 联系电话; or guarantor and debtor (borrower), owner and company, company and "
            "net_assets or phone" + (f"; the first row reads: {shown}" if shown else ""),
        )
    names = heads(lines[head])
    unit = next(
        (UNITS[u] for i, n in names.items() if n == "amount" and (u := unit_of(lines[head][i]))),
        Decimal(1),
    )
    kind = "holds_shares" if "share" in names.values() else "guarantees"
    found = []
    for number, row in enumerate(lines[head + 1 :], head + 2):
        cells = {names[i]: cell for i, cell in enumerate(row) if i in names and cell}
        if "source" in cells and "target" in cells:
            place = Place(
                packet="",
                file=name,
                document=f"{name}#{number}",
                page=number,
                box=WHOLE_PAGE,
                text=f"{cells['source']} → {cells['target']}",
            )
            found += [
                _Row(KINDS.get(cells.get("kind", ""), kind), each, place, unit)
                for each in _one_by_one(cells)
            ]
    return _linked(found)


def _one_by_one(cells: dict[str, str]) -> Iterator[dict[str, str]]:
    """A row of a loan ledger names all guarantors of the loan in one cell: one row each, without a code, which is told of one alone."""
    several = [name for each in _LIST.split(cells["source"]) if (name := each.strip())]
    if len(several) < 2:
        yield cells
    else:
        yield from (
            {k: v for k, v in cells.items() if k != "source_code"} | {"source": name}
            for name in several
        )


def _firms(name: str, lines: list[list[str]], head: int) -> PartyGraph:
    """A table of firms: credit code, net assets with their day, contacts."""
    names = heads(lines[head])
    unit = next(
        (
            UNITS[u]
            for i, n in names.items()
            if n == "net_assets" and (u := unit_of(lines[head][i]))
        ),
        Decimal(1),
    )
    rows = [
        (number, {names[i]: c for i, c in enumerate(row) if i in names and c})
        for number, row in enumerate(lines[head + 1 :], head + 2)
    ]
    told = [(number, cells) for number, cells in rows if "target" in cells]
    entities, of_name = resolve(
        [Mention(cells["target"], cells.get("code", "")) for _, cells in told]
    )
    relations = []
    for number, cells in told:
        firm = of_name[folded_name(cells["target"])]
        place = Place(
            packet="",
            file=name,
            document=f"{name}#{number}",
            page=number,
            box=WHOLE_PAGE,
            text=cells["target"],
        )
        if (amount := parse_money(cells.get("net_assets", ""))) is not None:
            worth = Worth(
                value=amount * unit,
                day=parse_date(cells.get("day", "")),
                confidence=1.0,
                place=place,
            )
            entities[firm] = replace(entities[firm], worth=worth)
        for contact in _contacts({k: [cells[k]] for k in _OF_FIRMS & set(cells)}):
            entities.setdefault(contact.id, contact)
            relations.append(_tie("has_contact", firm, contact.id, {}, place))
    return PartyGraph(entities, tuple(relations))


def unit_of(head: str) -> str:
    """The unit that a column of amounts is printed in, empty where its head names none."""
    found = _UNIT.search(head)
    return found[1] if found else ""


def heads(row: list[str]) -> dict[int, str]:
    """Which known column each cell of a head row names, by its place."""
    folded = [_UNIT.sub("", re.sub(r"[\s_（）()%％]+", "", cell)).casefold() for cell in row]
    known = {re.sub(r"_", "", word): column for column, words in COLUMNS.items() for word in words}
    return {i: known[cell] for i, cell in enumerate(folded) if cell in known}


def _linked(rows: list[_Row]) -> PartyGraph:
    mentions = [
        Mention(r.cells[end], r.cells.get(f"{end}_code", ""))
        for r in rows
        for end in ("source", "target")
    ]
    entities, of_name = resolve(mentions)
    relations = [
        Relation(
            kind=r.kind,
            source=of_name[folded_name(r.cells["source"])],
            target=of_name[folded_name(r.cells["target"])],
            amount=_yuan(r),
            start=parse_date(r.cells.get("start", "")),
            end=parse_date(r.cells.get("end", "")),
            places=(r.place,),
            contract=r.cells.get("contract", "") or r.place.document,
            share=_percent(r.cells.get("share", "")),
            mode=r.cells.get("mode", ""),
        )
        for r in rows
    ]
    return PartyGraph(entities, tuple(relations))


def _yuan(row: _Row) -> Decimal | None:
    amount = parse_money(row.cells.get("amount", ""))
    return amount * row.unit if amount is not None else None


def _percent(text: str) -> Decimal | None:
    try:
        value = Decimal(text.rstrip("%％ ")) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and 0 <= value <= 100 else None


def _ftm(name: str, lines: list[Any]) -> PartyGraph:
    """FollowTheMoney entities, one a line; a relation is an entity with two ends."""
    entities, relations = {}, []
    for number, line in enumerate(lines, 1):
        own = line.get("properties", {}) if isinstance(line, dict) else {}
        schema = line.get("schema", "") if isinstance(line, dict) else ""
        if schema in _FTM_KINDS and own.get("name"):
            code = next(iter(own.get("registrationNumber", [])), "")
            entities[line["id"]] = Entity(
                id=line["id"],
                kind=_FTM_KINDS[schema],
                name=own["name"][0],
                names=tuple(own["name"]),
                code=code,
            )
            place = Place(
                packet="",
                file=name,
                document=f"{name}#{number}",
                page=number,
                box=WHOLE_PAGE,
                text=own["name"][0],
            )
            for contact in _contacts(own):
                entities.setdefault(contact.id, contact)
                relations.append(_tie("has_contact", line["id"], contact.id, {}, place))
        elif schema in _FTM_TIES:
            kind, one, two = _FTM_TIES[schema]
            kind = next((r for r in own.get("role", []) if r in KINDS), kind)
            place = Place(
                packet="",
                file=name,
                document=f"{name}#{number}",
                page=number,
                box=WHOLE_PAGE,
                text=str(line.get("id", "")),
            )
            relations += [
                _tie(kind, a, b, own, place) for a in own.get(one, []) for b in own.get(two, [])
            ]
    known = tuple(r for r in relations if r.source in entities and r.target in entities)
    if not entities:
        raise NotAGraph(
            "带名称的 FollowTheMoney 实体，每行一个",
            "FollowTheMoney entities with names, one a line",
        )
    return PartyGraph(dict(sorted(entities.items())), known)


def _contacts(own: Mapping[str, list[str]]) -> Iterator[Entity]:
    for kind in ("phone", "email", "address"):
        for text in own.get(kind, []):
            for key, shown in keys_of(kind, text):
                yield Entity(id=f"{kind}:{key}", kind=kind, name=shown, names=(shown,))


def _tie(
    kind: str, source: str, target: str, own: Mapping[str, list[str]], place: Place
) -> Relation:
    def first(name: str) -> str:
        return next(iter(own.get(name, [])), "")

    return Relation(
        kind=kind,
        source=source,
        target=target,
        amount=parse_money(first("amount")),
        start=parse_date(first("startDate")),
        end=parse_date(first("endDate")),
        places=(place,),
        contract=first("recordId"),
        share=_percent(first("percentage")),
    )


def _bods(name: str, statements: Any) -> PartyGraph:
    """Beneficial Ownership Data Standard 0.4: statements about entities, persons and the interests between them."""
    entities: dict[str, Entity] = {}
    ties: dict[str, list[Relation]] = {}
    for number, statement in enumerate(_latest(statements), 1):
        details, kind, record = (
            statement.get("recordDetails"),
            statement.get("recordType"),
            str(statement["recordId"]),
        )
        if kind in ("entity", "person"):
            shown = _bods_name(details, record)
            entities[record] = Entity(
                id=record,
                kind="company" if kind == "entity" else "person",
                name=shown,
                names=(shown,),
            )
        elif kind == "relationship" and isinstance(details, dict):
            place = Place(
                packet="",
                file=name,
                document=str(statement.get("statementId", number)),
                page=number,
                box=WHOLE_PAGE,
                text=record,
            )
            ties[record] = list(_interests(details, place))
    if not entities:
        raise NotAGraph("关于企业或个人的 BODS 声明", "BODS statements about entities or persons")
    found = (r for record in sorted(ties) for r in ties[record])
    return PartyGraph(
        entities, tuple(r for r in found if r.source in entities and r.target in entities)
    )


def _latest(statements: Any) -> Iterator[dict[str, Any]]:
    """The last statement about each record, by its date and then its place; closed records are left out."""
    known: dict[str, dict[str, Any]] = {}
    rows = (
        [s for s in statements if isinstance(s, dict) and s.get("recordId")]
        if isinstance(statements, list)
        else []
    )
    for statement in sorted(rows, key=lambda s: str(s.get("statementDate", ""))):
        known[str(statement["recordId"])] = statement
    return (s for s in known.values() if s.get("recordStatus") != "closed")


def _bods_name(details: Any, record: str) -> str:
    names = details.get("names") if isinstance(details, dict) else None
    told = details.get("name") if isinstance(details, dict) else None
    if not told and isinstance(names, list) and names and isinstance(names[0], dict):
        told = names[0].get("fullName")
    return str(told or record)


def _interests(details: Mapping[str, Any], place: Place) -> Iterator[Relation]:
    subject, party = details.get("subject"), details.get("interestedParty")
    if not isinstance(subject, str) or not isinstance(party, str):
        return  # an owner that is not told, with the reason why
    for interest in details.get("interests") or []:
        share = interest.get("share") if isinstance(interest, dict) else None
        exact = share.get("exact") if isinstance(share, dict) else None
        kind = (
            "holds_shares"
            if isinstance(interest, dict)
            and interest.get("type") in ("shareholding", "votingRights")
            else "represents"
        )
        if not isinstance(interest, dict) or interest.get("directOrIndirect") == "indirect":
            continue  # what follows from the direct interests is worked out here
        yield Relation(
            kind=kind,
            source=party,
            target=subject,
            amount=None,
            start=parse_date(str(interest.get("startDate", ""))),
            end=parse_date(str(interest.get("endDate", ""))),
            places=(place,),
            contract=str(interest.get("type", "")),
            share=_percent(str(exact)) if exact is not None else None,
        )
