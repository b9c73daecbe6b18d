"""Schemas that the answers of reading processes must fit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extractors.model import FileReading, ManualCheck

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def reading_schema() -> TypeAdapter[FileReading]:
    """The schema that an answer must fit; built while the readers start."""
    from pydantic import TypeAdapter

    return TypeAdapter(FileReading)


@cache
def check_list_schema() -> TypeAdapter[list[ManualCheck]]:
    from pydantic import TypeAdapter

    return TypeAdapter(list[ManualCheck])
