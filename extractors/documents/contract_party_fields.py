"""The parties of a contract as fields: names from its text, and from tables and labelled cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.documents.contract_parties import (
    IN_TABLE,
    ROLES,
    Mention,
    RoleOfName,
    choose_parties,
    mentions_in,
)
from extractors.documents.parts import Parts
from extractors.keyvalue import value_types
from extractors.keyvalue.candidates import Role, candidates
from extractors.keyvalue.pieces import Piece
from extractors.keyvalue.reading import KeyValueReading
from extractors.keyvalue.sides import captions_of, side_evidence
from extractors.keyvalue.vocabulary import KNOWN
from extractors.layout.running_text import RunningText
from extractors.model import Field, Provenance, ReadMethod
from extractors.values.glyphs import squeeze
from extractors.values.party_name import folded_name, is_company

_BETWEEN_NAMES = re.compile(r"[、,，;；]")
_ROW_GAP = 3.5  # heights of type between two names of one column
_IN_COLUMN = 4.5  # a name under the heading 保证人名称, in whatever row


def put_parties(text: RunningText, reading: KeyValueReading, parts: Parts) -> None:
    """Put every party with its role; the first of each role is the field of that name."""
    placed: dict[str, Piece] = {}
    mentions = mentions_in(text.text)
    for role, piece, odds in _in_tables(reading):
        for name in _BETWEEN_NAMES.split(piece.text.strip()):
            placed.setdefault(f"{role}/{folded_name(name)}", piece)
            mentions.append(Mention(role, name.strip(), -1, -1, odds))
    chosen = choose_parties(mentions)
    for role in ROLES:
        fields = tuple(_field(text, c, placed) for c in chosen if c.role == role)
        if fields:
            best = max(fields, key=lambda f: f.confidence) if role == "creditor" else fields[0]
            parts.put(best)
            parts.parties[role] = fields


def _in_tables(reading: KeyValueReading) -> Iterator[tuple[str, Piece, float]]:
    """Yield names that labelled cells and columns give a role."""
    vocabulary = reading.vocabulary
    captions = captions_of(reading.pieces, vocabulary, ROLES)
    for name in ROLES:
        role = Role(name=name, find=value_types.names, labels=(name, "name"), takes_parts=False)
        for each in candidates(role, reading.pieces, reading.links, vocabulary):
            own = max(
                (vocabulary.fit(link.label.text, name) * link.strength for link in each.links),
                default=0,
            )
            side = side_evidence(each, captions, name)
            named = own >= KNOWN or (each.label_fit >= KNOWN and side > 1.0)
            if named and each.odds > 0 and _is_name(each.piece):
                yield name, each.piece, min(IN_TABLE, each.odds)
    yield from _in_columns(reading)


def _in_columns(reading: KeyValueReading) -> Iterator[tuple[str, Piece, float]]:
    for heading in [
        each for each in reading.pieces if each.label and each.whole is None and not each.own_value
    ]:
        role, likeness = reading.vocabulary.best(heading.text)
        if role not in ROLES or likeness < KNOWN:
            continue
        bottom = heading.word.bottom
        for piece in sorted(reading.pieces, key=lambda p: p.word.top):
            if piece.page is not heading.page or piece.word.top < bottom - 1 or piece.whole:
                continue
            if not _same_column(heading, piece):
                continue
            too_far = piece.word.top - bottom > _ROW_GAP * heading.word.height
            if too_far or piece.label or not _is_name(piece):
                break
            yield role, piece, _IN_COLUMN
            bottom = piece.word.bottom


def _is_name(piece: Piece) -> bool:
    plain = squeeze(piece.text)
    return is_company(plain) or bool(value_types.PERSON.match(plain))


def _same_column(heading: Piece, piece: Piece) -> bool:
    shared = min(heading.word.x1, piece.word.x1) - max(heading.word.x0, piece.word.x0)
    narrow = min(heading.word.x1 - heading.word.x0, piece.word.x1 - piece.word.x0)
    return shared > 0.5 * narrow


def _field(
    text: RunningText,
    chosen: RoleOfName,
    placed: dict[str, Piece],
) -> Field:
    """Return the field of a party, at its place in the text or in a table."""
    if chosen.start >= 0:
        return text.field(chosen.role, chosen.name, chosen.start, chosen.end, chosen.confidence)
    piece = placed[f"{chosen.role}/{folded_name(chosen.name)}"]
    word, page = piece.word, piece.page
    return Field(
        name=chosen.role,
        value=chosen.name,
        raw=chosen.name,
        confidence=chosen.confidence,
        at=Provenance(
            page=page.number,
            box=page.box(word.x0, word.top, word.x1, word.bottom),
            method=ReadMethod.TABLE,
        ),
    )
