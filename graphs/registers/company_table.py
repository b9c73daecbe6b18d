"""A table of companies: credit code, net assets with their day, contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.model import WHOLE_PAGE
from graphs.model import Entity, NetAssets, PartyGraph, Place, Relation, RelationKind
from graphs.registers.cell_values import YUAN, read_amount, read_day
from graphs.registers.columns import OF_COMPANIES
from graphs.registers.import_report import ImportOptions, Notes
from graphs.registers.table import Table
from graphs.relations.places import tie
from graphs.resolve.party_code import party_code
from graphs.resolve.same_party import Mention, resolve
from graphs.sources.contact_keys import keys_of


def companies(file: str, table: Table, options: ImportOptions, notes: Notes) -> PartyGraph:
    """Companies with their net assets and contacts, each with its row."""
    rows: list[tuple[int, dict[str, str]]] = []
    for number, texts in table.cells.rows():
        cells = {name: texts[place] for place, name in table.columns.items()}
        if not any(cells.values()):
            continue
        notes.rows += 1
        if cells.get("target"):
            rows.append((number, cells))
        else:
            notes.add("party_missing", number)
    mentions = []
    for _, cells in rows:
        code = cells.get("code") or cells.get("target_code", "")
        if code and not party_code(code):
            notes.add("code_not_valid", f"{cells['target'][:20]} {code[:20]}")
        mentions.append(Mention(cells["target"], code, kind="company"))
    parties = resolve(mentions)
    entities = parties.entities
    relations: list[Relation] = []
    for (number, cells), mention in zip(rows, mentions, strict=True):
        company = parties.of(mention.name, mention.code)
        place = _place(file, number, cells["target"])
        worth = _worth(cells, table, options, notes, place)
        if worth:
            entities[company] = replace(entities[company], worth=worth)
        for contact in contacts_in({k: [cells[k]] for k in OF_COMPANIES if cells.get(k)}):
            entities.setdefault(contact.id, contact)
            relations.append(tie(RelationKind.HAS_CONTACT, company, contact.id, None, place))
    return PartyGraph(entities, tuple(relations))


def _place(file: str, number: int, name: str) -> Place:
    return Place(
        packet="",
        file=file,
        document=f"{file}#{number}",
        page=number,
        box=WHOLE_PAGE,
        text=name,
        source=name,
    )


def _worth(
    cells: Mapping[str, str], table: Table, options: ImportOptions, notes: Notes, place: Place
) -> NetAssets | None:
    """Net assets of a row; they may be negative."""
    text = cells.get("net_assets", "")
    below_zero = text.lstrip("(（").startswith("-") or text.startswith(("(", "（"))
    plain = text.strip("()（）").lstrip("-")
    found = read_amount(plain, table.unit, cells.get("currency", ""))
    value = found.value
    if found.problem:
        notes.add(found.problem, f"{place.page}: {text[:20]}")
        return None
    if value is None:
        return None
    if found.currency != YUAN:
        rate = options.rates.get(found.currency)
        if rate is None:
            notes.add("currency_without_rate", f"{place.page}: {text[:20]}")
            return None
        value *= rate
    day, problem = read_day(cells.get("day", ""))
    if problem:
        notes.add(problem, f"{place.page}: {cells['day'][:20]}")
    return NetAssets(value=-value if below_zero else value, day=day, confidence=1.0, place=place)


def contacts_in(own: Mapping[str, Sequence[str]]) -> Iterator[Entity]:
    """Contacts that texts of each kind hold, as entities."""
    for kind in ("phone", "email", "address"):
        for text in own.get(kind, ()):
            for key, shown in keys_of(kind, text):
                yield Entity(id=f"{kind}:{key}", kind=kind, name=shown, names=(shown,))
