"""Every way that is known to read or write a row of any owned table by SQLAlchemy, for tests that
keep organisations apart.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Float,
    Integer,
    Table,
    cast,
    exists,
    func,
    insert,
    inspect,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy import String as Text
from sqlalchemy import Text as LongText
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from api.store.columns import Base, Owned
from api.store.database import OrganisationMismatch
from api.store.ids import new_id

OWNED: tuple[Any, ...] = tuple(
    sorted(
        (m.class_ for m in Base.registry.mappers if issubclass(m.class_, Owned)),
        key=lambda c: c.__tablename__,
    )
)
Keys = set[tuple[Any, ...]]


def table_of(cls: Any) -> Table:
    table: Table = cls.__table__
    return table


def key_columns(cls: Any) -> list[Any]:
    """The primary key's attributes."""
    mapper = inspect(cls)
    return [mapper.get_property_by_column(c).class_attribute for c in mapper.primary_key]


def key_of(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, c.key) for c in key_columns(type(row)))


def values_of(row: Any) -> dict[str, Any]:
    """All values of a detached row by the names of its attributes."""
    return {
        c.key: row.__dict__[c.key]
        for c in inspect(type(row)).column_attrs
        if c.key in row.__dict__ and c.key in table_of(type(row)).c
    }


def fresh_values(cls: Any, now: datetime, packet: str, case: str) -> dict[str, Any]:
    """Values that fit a table, whatever its columns are; its organisation is left to the session."""
    made: dict[str, Any] = {}
    for column in table_of(cls).columns:
        points = {f.target_fullname for f in column.foreign_keys}
        if (
            column.name == "org_id"
            or column.default is not None
            or (column.primary_key and column.autoincrement is True)
        ):
            continue
        made[column.name] = (
            packet
            if "packets.id" in points
            else case
            if "cases.id" in points
            else _fitting(column.type, now)
        )
    return made


def _fitting(kind: Any, now: datetime) -> Any:
    if isinstance(kind, JSON):
        return {}
    if isinstance(kind, LongText):
        return '{"findings":[],"inputs":{"files":[]}}'  # what is read of a report
    simple = (
        (Boolean, False),
        (Integer, secrets.randbelow(10**9)),
        (Float, 1.0),
        (Text, new_id("row")),
    )
    for known, value in simple:
        if isinstance(kind, known):
            return value
    return now if kind.python_type is datetime else now.date() if kind.python_type is date else None


# --- reading: each answers the keys of all rows that it sees ---


def _entity(session: Session, cls: Any) -> Keys:
    return {key_of(r) for r in session.scalars(select(cls))}


def _columns(session: Session, cls: Any) -> Keys:
    return {tuple(r) for r in session.execute(select(*key_columns(cls)))}


def _legacy(session: Session, cls: Any) -> Keys:
    return {key_of(r) for r in session.query(cls)}


def _alias(session: Session, cls: Any) -> Keys:
    return {key_of(r) for r in session.scalars(select(aliased(cls)))}


def _subquery(session: Session, cls: Any) -> Keys:
    inner = select(*key_columns(cls)).subquery()
    return {tuple(r) for r in session.execute(select(inner))}


def _common_table(session: Session, cls: Any) -> Keys:
    inner = select(*key_columns(cls)).cte()
    return {tuple(r) for r in session.execute(select(inner))}


def _union(session: Session, cls: Any) -> Keys:
    return {
        tuple(r)
        for r in session.execute(union_all(select(*key_columns(cls)), select(*key_columns(cls))))
    }


def _self_join(session: Session, cls: Any) -> Keys:
    other = aliased(cls)
    there = exists().where(*(getattr(other, c.key) == c for c in key_columns(cls)))
    return {tuple(r) for r in session.execute(select(*key_columns(cls)).where(there))}


def _outer_join(session: Session, cls: Any) -> Keys:
    one, other = aliased(cls), aliased(cls)
    found = session.execute(
        select(*(getattr(other, c.key) for c in key_columns(cls)))
        .select_from(one)
        .outerjoin(other, one.org_id != other.org_id)
    )
    return _columns(session, cls) | {tuple(r) for r in found if r[0] is not None}


def _streamed(session: Session, cls: Any) -> Keys:
    return {key_of(r) for r in session.scalars(select(cls).execution_options(yield_per=2))}


def _whole_table(session: Session, cls: Any) -> Keys:
    """A statement of Core, which no criterion reaches: it is refused."""
    table = table_of(cls)
    try:
        return {tuple(r) for r in session.execute(select(*table.primary_key.columns))}
    except OrganisationMismatch:
        return _entity(session, cls)


def _count_by_key(session: Session, cls: Any) -> Keys:
    """Counted beside: as many as are listed."""
    seen = _columns(session, cls)
    assert session.scalar(select(func.count()).select_from(cls)) == len(seen)
    assert session.scalar(select(select(func.count()).select_from(cls).scalar_subquery())) == len(
        seen
    )
    return seen


def raw(session: Session, cls: Any) -> Keys:
    """SQL as text; PostgreSQL alone keeps that apart."""
    names = ", ".join(c.name for c in table_of(cls).primary_key.columns)
    return {tuple(r) for r in session.execute(text(f"select {names} from {cls.__tablename__}"))}


READS: dict[str, Callable[[Session, Any], Keys]] = {
    f.__name__.strip("_"): f
    for f in (
        _entity,
        _columns,
        _legacy,
        _alias,
        _subquery,
        _common_table,
        _union,
        _self_join,
        _outer_join,
        _streamed,
        _whole_table,
        _count_by_key,
    )
}


def _key_text(columns: list[Any]) -> Any:
    whole: Any = cast(columns[0], Text)
    for column in columns[1:]:
        whole = whole + "/" + cast(column, Text)
    return whole


_EVERYTHING = union_all(
    *(select(literal_column(f"'{c.__tablename__}'"), _key_text(key_columns(c))) for c in OWNED)
)
_TABLES = [(c.__tablename__, select(table_of(c))) for c in OWNED]


def everything(session: Session) -> set[tuple[str, str]]:
    """Table and key of all that a session sees, by one statement."""
    return {(name, key) for name, key in session.execute(_EVERYTHING)}


def held(session: Session) -> dict[tuple[str, str], tuple[str, str]]:
    """Table and key of each row that there is, with its organisation and all that it holds.

    The session is of EVERY.
    """
    found = {}
    for (name, query), cls in zip(_TABLES, OWNED, strict=True):
        columns = list(table_of(cls).c)
        keys, owner = (
            [columns.index(c) for c in table_of(cls).primary_key.columns],
            columns.index(table_of(cls).c.org_id),
        )
        for row in session.execute(query):
            found[name, key_text(tuple(row[k] for k in keys))] = (row[owner], repr(tuple(row)))
    return found


def key_text(key: tuple[Any, ...]) -> str:
    return "/".join(str(k) for k in key)


# --- writing: each is given a row of another organisation, and that organisation's id is on it ---


def _plain_column(cls: Any) -> str:
    """A column that is neither key nor reference."""
    free = (
        c.name
        for c in table_of(cls).columns
        if not c.primary_key and not c.foreign_keys and isinstance(c.type, Text)
    )
    return next(free, "org_id")


def _copy(row: Any) -> dict[str, Any]:
    """The row's values under another key."""
    values = values_of(row)
    for column in table_of(type(row)).primary_key.columns:
        if column.name != "org_id":
            values[column.name] = (
                secrets.randbelow(10**9) if isinstance(column.type, Integer) else new_id("row")
            )
    return values


def _at(row: Any) -> list[Any]:
    return [c == k for c, k in zip(key_columns(type(row)), key_of(row), strict=True)]


def _change_theirs(session: Session, row: Any) -> None:
    session.add(row)
    setattr(row, _plain_column(type(row)), "changed")


def _delete_theirs(session: Session, row: Any) -> None:
    session.delete(row)


def _merge_theirs(session: Session, row: Any) -> None:
    setattr(session.merge(row), _plain_column(type(row)), "changed")


def _read_theirs_anew(session: Session, row: Any) -> None:
    session.add(row)
    session.refresh(row)
    raise AssertionError("another's row was read")


def _get_theirs(session: Session, row: Any) -> None:
    key = key_of(row)
    assert session.get(type(row), key if len(key) > 1 else key[0]) is None
    assert session.scalar(select(type(row)).where(*_at(row))) is None


def _take_theirs(session: Session, row: Any) -> None:
    session.add(row)
    row.org_id = session.info["org"]


def _add_as_theirs(session: Session, row: Any) -> None:
    session.add(type(row)(**_copy(row)))


def _insert_as_theirs(session: Session, row: Any) -> None:
    session.execute(insert(type(row)).values(**_copy(row)))


def _insert_many_as_theirs(session: Session, row: Any) -> None:
    session.execute(insert(type(row)), [_copy(row)])


def _insert_what_is_theirs(session: Session, row: Any) -> None:
    names = list(_copy(row))
    session.execute(
        insert(type(row)).from_select(names, select(*(table_of(type(row)).c[n] for n in names)))
    )


def _replace_theirs(session: Session, row: Any) -> None:
    """An insert that changes the row in its way."""
    cls: Any = type(row)
    made = (
        (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite)
        .insert(cls)
        .values(values_of(row) | {"org_id": session.info["org"]})
    )
    keys = list(table_of(cls).primary_key.columns)
    session.execute(
        made.on_conflict_do_update(index_elements=keys, set_={_plain_column(cls): "changed"})
    )


def _save_in_bulk(session: Session, row: Any) -> None:
    session.bulk_save_objects([type(row)(**_copy(row))])


def _insert_in_bulk(session: Session, row: Any) -> None:
    session.bulk_insert_mappings(inspect(type(row)), [_copy(row)])


def _update_in_bulk(session: Session, row: Any) -> None:
    session.bulk_update_mappings(inspect(type(row)), [_keyed(row)])


def _keyed(row: Any) -> dict[str, Any]:
    return {c.key: k for c, k in zip(key_columns(type(row)), key_of(row), strict=True)} | {
        _plain_column(type(row)): "changed"
    }


def _update_theirs(session: Session, row: Any) -> None:
    cls: Any = type(row)
    assert (
        session.execute(
            update(cls).where(*_at(row)).values({_plain_column(cls): "changed"})
        ).rowcount
        == 0
    )  # type: ignore[attr-defined]


def _update_theirs_by_key(session: Session, row: Any) -> None:
    session.execute(update(type(row)), [_keyed(row)])


def _delete_all(session: Session, row: Any) -> None:
    cls: Any = type(row)
    assert session.query(cls).where(*_at(row)).delete() == 0


def _give_ours(session: Session, row: Any) -> None:
    """One's own rows, made another's."""
    cls: Any = type(row)
    session.execute(update(cls).values(org_id=row.org_id))


def _give_one_of_ours(session: Session, row: Any) -> None:
    own: Any = session.scalar(select(type(row)).limit(1))
    if own is not None:
        own.org_id = row.org_id


def _update_the_table(session: Session, row: Any) -> None:
    session.execute(table_of(type(row)).update().values({_plain_column(type(row)): row.org_id}))


def _delete_from_the_table(session: Session, row: Any) -> None:
    session.execute(table_of(type(row)).delete())


WRITES: dict[str, Callable[[Session, Any], None]] = {
    f.__name__.strip("_"): f
    for f in (
        *(
            _change_theirs,
            _delete_theirs,
            _merge_theirs,
            _read_theirs_anew,
            _get_theirs,
            _take_theirs,
            _add_as_theirs,
            _insert_as_theirs,
        ),
        *(
            _insert_many_as_theirs,
            _insert_what_is_theirs,
            _replace_theirs,
            _save_in_bulk,
            _insert_in_bulk,
            _update_in_bulk,
            _update_theirs,
            _update_theirs_by_key,
        ),
        *(_delete_all, _give_ours, _give_one_of_ours, _update_the_table, _delete_from_the_table),
    )
}


def raw_write(session: Session, row: Any) -> None:
    """SQL as text; PostgreSQL alone keeps that apart."""
    name, column, where = type(row).__tablename__, _plain_column(type(row)), {"org": row.org_id}
    assert (
        session.execute(
            text(f"update {name} set {column} = {column} where org_id = :org"), where
        ).rowcount
        == 0
    )  # type: ignore[attr-defined]
    assert session.execute(text(f"delete from {name} where org_id = :org"), where).rowcount == 0  # type: ignore[attr-defined]
