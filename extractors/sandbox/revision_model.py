"""The schema that a confined child's answer about a PDF's earlier revisions must fit: how many, and
a page's words then and now.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

MOST_CHANGES, LONGEST = 200, 200
_Share = Annotated[float, Field(ge=0, le=1)]
_Text = Annotated[str, Field(max_length=LONGEST)]
Edges = tuple[_Share, _Share, _Share, _Share]


class FileRevision(BaseModel):
    """A state of the file, oldest first from 1."""

    number: int = Field(ge=1, le=100)
    pages: int = Field(ge=1)
    size: int = Field(ge=1)


class FileRevisions(BaseModel):
    """Earlier states of a file that can still be opened; none for what is no PDF or was saved once."""

    items: list[FileRevision] = Field(max_length=100)


class PageChange(BaseModel):
    """Words that differ, and where: `before` and `before_box` on the earlier page, `after` and
    `after_box` on the present one.
    """

    before: _Text
    after: _Text
    before_box: Edges | None
    after_box: Edges | None


class PageChanges(BaseModel):
    """What differs on a page.

    `readable`: both pages have text of their own; `more`: there are further differences.
    """

    readable: bool
    more: bool
    items: list[PageChange] = Field(max_length=MOST_CHANGES)
