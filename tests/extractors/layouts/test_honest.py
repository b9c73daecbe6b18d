"""Whatever the layout says and wherever it says it: what is read is right, or the document says
that it is not whole.

Words are replaced by synonyms and by words that name nothing, columns and rows change places,
rulings vanish, notes, rules of characters, watermarks and look-alikes are put in, and a line is
taken out of the reading.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from document_layouts.compare import Outcome, compare
from document_layouts.families import Job, jobs, make
from document_layouts.specimen import Specimen
from document_layouts.statement_cells import money
from document_layouts.statement_layout import StatementLayout, statement_layouts
from document_layouts.statements import statement
from document_layouts.variation import Variation
from document_layouts.wording import Mode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from known_gaps import NOT_HONEST

from extractors.intake.limits import Limits
from extractors.layout.page import Raw
from extractors.model import FileReading
from extractors.read import read_file

ROWS = 10
SEEDS = st.integers(1, 60)  # the seeds of the benchmark start above
# Derandomised, so that a failure comes back; without shrinking, since an example takes a tenth of a
# second.
QUICK = settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# One form of each layout: as text where it is printed, else its first export.
PLAIN = list(
    {
        job.layout: job
        for job in reversed(
            sorted(
                (
                    job
                    for job in jobs(split="development", seeds=[1], modes=[Mode.PRINTED], rows=ROWS)
                    if job.form != "scan"
                ),
                key=lambda job: (job.layout, job.form != "text", job.form),
            )
        )
    }.values()
)


PROPERTIES = ("synonyms", "unknown words", "shuffled", "furnished")
SHARES = 3


def read(specimen: Specimen) -> FileReading:
    return read_file(specimen.name, specimen.data, Limits())


def faults(outcome: Outcome) -> list[str]:
    """What is wrong at high confidence or lost in silence; doubt and what is absent are no fault."""
    return outcome.notes if outcome.silent_faults else []


def _share(name: str) -> list[Job]:
    """A third of the layouts, another one for each property; all where HUOYAN_ALL_LAYOUTS is set.

    The whole takes a quarter of the time that CI has; `make soak` runs it.
    """
    if os.environ.get("HUOYAN_ALL_LAYOUTS"):
        return PLAIN
    first = PROPERTIES.index(name) % SHARES
    return PLAIN[first::SHARES]


def _cases(name: str) -> list[object]:
    """Layouts and forms, the known gaps of this property marked."""
    out = []
    for job in _share(name):
        reason = NOT_HONEST.get((name, job.layout))
        marks = [pytest.mark.xfail(reason=reason, strict=False)] if reason else []
        out.append(pytest.param(job, marks=marks, id=f"{job.layout}-{job.form}"))
    return out


def _holds(job: Job, **changes: object) -> None:
    specimen = make(replace(job, **changes))  # type: ignore[arg-type]
    assert faults(compare(read(specimen), specimen.truth)) == []


@pytest.mark.parametrize("job", _cases("synonyms"))
@QUICK
@given(seed=SEEDS)
def test_synonyms_for_every_label(job: Job, seed: int) -> None:
    _holds(job, seed=seed, wording=Mode.REWORDED.value)


@pytest.mark.parametrize("job", _cases("unknown words"))
@QUICK
@given(seed=SEEDS)
def test_unknown_words_for_every_label(job: Job, seed: int) -> None:
    _holds(job, seed=seed, wording=Mode.UNKNOWN.value)


@pytest.mark.parametrize("job", _cases("shuffled"))
@QUICK
@given(seed=SEEDS)
def test_columns_and_rows_in_any_order(job: Job, seed: int) -> None:
    _holds(job, seed=seed, variation=Variation.SHUFFLED.value)


@pytest.mark.parametrize("job", _cases("furnished"))
@QUICK
@given(seed=SEEDS)
def test_furniture_and_look_alikes(job: Job, seed: int) -> None:
    _holds(job, seed=seed, variation=Variation.FURNISHED.value)


CHAINED = [
    layout
    for layout in statement_layouts("development")
    if "text" in layout.forms
    and layout.has("balance")
    and layout.formats.balance_every == 1
    and not layout.page.split_after
]


def _removal_case(layout: StatementLayout) -> object:
    reason = NOT_HONEST.get(("removal", layout.id))
    marks = [pytest.mark.xfail(reason=reason, strict=False)] if reason else []
    return pytest.param(layout, marks=marks, id=layout.id)


def _without_line(text: str, decode: Callable[..., Raw]) -> Callable[..., Raw]:
    """Decode as before, and lose the line that holds `text`, as a reader does that passes over it."""

    def decode_less(*arguments: object) -> Raw:
        raw = decode(*arguments)
        for page in raw.pages:
            lost = [word for word in page.words if text in word.text]
            page.words = [
                word
                for word in page.words
                if not any(abs(word.mid - gone.mid) < gone.height / 2 for gone in lost)
            ]
        return raw

    return decode_less


@pytest.mark.parametrize("layout", [_removal_case(layout) for layout in CHAINED])
@QUICK
@given(seed=SEEDS)
def test_a_line_that_the_reading_lost(layout: StatementLayout, seed: int) -> None:
    """A row between others, whose balance breaks the chain when it is gone."""
    from extractors import read as reading

    specimen = statement(layout, seed, "text", rows=ROWS)
    row = random.Random(seed).choice(specimen.truth.rows[1:-1])
    with pytest.MonkeyPatch.context() as patch:
        text = money(row.balance, layout.formats)
        patch.setattr(reading, "decode", _without_line(text, reading.decode))
        outcome = compare(read(specimen), specimen.truth)
    assert faults(outcome) == []
