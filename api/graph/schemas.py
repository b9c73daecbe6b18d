"""What the graph looks like over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from api.http.pagination import Page
from api.people.schemas import LONGEST, PLAIN, Body


class PlaceOut(BaseModel):
    """Where something was read. `packet` is the application's reference, `packet_id` its id; `box`
    in fractions of the page.

    Of what was imported both are empty and null, `file` is the table's name, `page` its row (or
    line, or statement), and `document` begins with the id of the import.
    """

    packet: str
    packet_id: str | None
    file: str
    document: str
    page: int
    box: list[float]
    text: str


class JoinOut(BaseModel):
    """Why two spellings are one party: by code, former_name or told."""

    one: str
    other: str
    by: str
    what: str
    places: list[PlaceOut]


class WorthOut(BaseModel):
    """Net assets in yuan."""

    value: str
    day: str | None
    place: PlaceOut


class EntityOut(BaseModel):
    """A party or a contact. Ids of telephones, e-mails and accounts do not tell the number."""

    id: str
    kind: str
    name: str
    names: list[str]
    code: str
    joins: list[JoinOut]
    net_assets: WorthOut | None


class RelationOut(BaseModel):
    """A directed tie with its evidence.

    `amount` in yuan, `share` in percent, days as YYYY-MM-DD.
    """

    id: str
    kind: str
    source: str
    target: str
    amount: str | None
    share: str | None
    start: str | None
    end: str | None
    contract: str
    contact: str | None = Field(description="Of shares_contact: the contact's entity.")
    mode: str
    places: list[PlaceOut]
    places_left_out: int


class PatternOut(BaseModel):
    """What a measure found: members in order, ids of the relations that make it, and figures as
    text. `bears_on`: contagion | false_information.
    """

    id: str
    kind: str
    bears_on: str
    members: list[str]
    relations: list[str]
    relations_left_out: int
    figures: dict[str, str]


class LeftOut(BaseModel):
    """How much of what was asked for is not in the answer."""

    entities: int = 0
    relations: int = 0
    patterns: int = 0


class GraphOut(BaseModel):
    """A part of the graph.

    `centres` are the entities that were asked for; `version` changes with the organisation's
    reports.
    """

    version: str
    centres: list[str]
    entities: list[EntityOut]
    relations: list[RelationOut]
    patterns: list[PatternOut]
    left_out: LeftOut


class Hit(BaseModel):
    """An entity found by name.

    `packets` are references of at most five applications whose papers name its relations.
    """

    id: str
    kind: str
    name: str
    code: str
    spelling: str
    relations: int
    packets: list[str]


class Hits(BaseModel):
    items: list[Hit]
    left_out: int


class StepOut(BaseModel):
    """One step of a way; `forward` where it goes from the relation's source to its target."""

    relation: str
    source: str
    target: str
    forward: bool


class PathOut(BaseModel):
    """The shortest way between two entities, whatever the direction of its relations; `steps` is
    null where there is none.
    """

    steps: list[StepOut] | None
    entities: list[EntityOut]
    relations: list[RelationOut]


class Certificate(BaseModel):
    """What the list of circles is complete to: every circle up to `complete_to_length`, and every
    one up to `longest` that meets no limited firm.

    `witnessed` circles, listed last, show each guarantee beyond that; `uncovered` guarantees have
    none. Circles within one joint group of five or more are not listed: the group states their
    number.
    """

    longest: int
    complete_to_length: int
    limited: list[str]
    limited_left_out: int
    witnessed: int
    uncovered: int


class PatternsOut(Page):
    """Patterns with what makes them; `counts` are of each kind, those of the entity alone where one
    was given.
    """

    items: list[PatternOut]
    counts: dict[str, int]
    certificate: Certificate
    entities: list[EntityOut]
    relations: list[RelationOut]


class Called(BaseModel):
    """What a guarantor is called for, and what it can pay, in yuan; `known` where its balance sheet
    tells that.
    """

    entity: str
    called: str
    capacity: str
    known: bool


class StressOut(BaseModel):
    """Which firms fail with one, round by round.

    A firm fails when it is called for more than it can pay.
    """

    rounds: list[list[str]]
    calls: list[Called]
    bank_loss_at_least: str = "0.00"
    bank_loss_at_most: str | None = None
    may_fail_too: list[str] = []
    guarantees_without_amount: int = 0
    entities: list[EntityOut]
    left_out: LeftOut


class Release(BaseModel):
    """All guarantees of one guarantor for one debtor, and what then still stands behind the debtor,
    in yuan.
    """

    guarantor: str
    debtor: str
    amount: str
    amounts_unknown: int = 0
    debtor_keeps: str = "0.00"


class CutOut(BaseModel):
    """The cheapest guarantees to release so that no circle of any length, mutual pair or joint
    group is left; no cut costs less than `lower_bound`, in yuan. Guarantees without an amount
    are priced there as the largest known.
    """

    release: list[Release]
    weight: str
    lower_bound: str
    optimal: bool
    circles: int
    circles_left_out: int
    mutual_pairs: int = 0
    joint_groups: int
    entities: list[EntityOut]


class CheckOut(BaseModel):
    """Circles and mutual pairs that the guarantees of one packet close with those of all others,
    the shortest first; every one up to `complete_to_length` companies is told or counted in
    `left_out`.
    """

    items: list[PatternOut]
    guarantees: int
    complete_to_length: int
    left_out: int
    entities: list[EntityOut]
    relations: list[RelationOut]


class NewSnapshot(Body):
    name: str = Field(min_length=1, max_length=LONGEST, pattern=PLAIN, examples=["甲公司担保圈"])
    packet: str = Field(
        "",
        max_length=40,
        pattern=PLAIN,
        description="Id of the application that it belongs to; it is erased with it.",
    )
    body: dict[str, Any] = Field(
        description="What is drawn; kept as it is, with covered numbers staying covered.",
        examples=[{"entities": [], "relations": []}],
    )


class SnapshotHead(BaseModel):
    """A snapshot without its body.

    `sha256` is of the bytes that /graph/snapshots/{id}/body gives.
    """

    id: str
    name: str
    packet: str
    sha256: str
    size: int
    made_by: str
    made_at: datetime


class SnapshotOut(SnapshotHead):
    body: dict[str, Any]


class Snapshots(Page):
    items: list[SnapshotHead]


class ImportNote(BaseModel):
    """What became of some rows of a table; `loss` where something of them is not in the graph."""

    code: str = Field(examples=["party_missing"])
    count: int
    where: list[str]
    loss: bool
    zh: str
    en: str


class ImportOut(BaseModel):
    """A table of the bank's own that joined the graph.

    `relations` counts each kind; `sha256` and `size` are of the file as it was sent.
    """

    id: str = Field(examples=["imp_0198c0a4f2d17e55"])
    name: str = Field(examples=["担保台账.xlsx"])
    sha256: str
    size: int
    entities: int = Field(examples=[212])
    relations: dict[str, int] = Field(examples=[{"guarantees": 180}])
    made_by: str
    made_at: datetime
    noted: list[ImportNote] = Field([], description="Told when the table is sent.")


class Imports(Page):
    items: list[ImportOut]
