"""Every layout for development, printed or exported as its bank does, is read whole: values, rows
and parties.
"""

from __future__ import annotations

import pytest
from document_layouts.compare import compare
from document_layouts.families import Job, jobs, make
from document_layouts.wording import Mode
from known_gaps import NOT_WHOLE

from extractors.intake.limits import Limits
from extractors.read import read_file

ROWS = 10
JOBS = [
    job
    for job in jobs(split="development", seeds=[1], modes=[Mode.PRINTED], rows=ROWS)
    if job.form != "scan"  # pictures take seconds each: benchmarks/reading.py measures them
]


def _case(job: Job) -> object:
    reason = NOT_WHOLE.get((job.layout, job.form))
    marks = [pytest.mark.xfail(reason=reason, strict=False)] if reason else []
    return pytest.param(job, marks=marks, id=f"{job.family}-{job.layout}-{job.form}")


@pytest.mark.parametrize("job", [_case(job) for job in JOBS])
def test_a_layout_is_read_whole(job: Job) -> None:
    specimen = make(job)
    outcome = compare(read_file(specimen.name, specimen.data, Limits()), specimen.truth)
    assert outcome.notes == []
    assert outcome.rows["right"] == len(specimen.truth.rows)
