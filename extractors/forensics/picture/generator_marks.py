"""Marks by which image generators name themselves, and labels of generated content that law and
standards ask for.

IPTC digital source type (also in C2PA manifests), GB 45438-2025 (AIGC label in the file's notes:
Label 1 is generated, 2 may be, 3 is suspected), parameters that open generators write, and names of
generators in the notes that say which program made a file.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.forensics.picture.containers import Note

_GENERATED = re.compile(r"(?<!with)(?<!\w)(?:trainedAlgorithmicMedia|algorithmicMedia)\b", re.I)
_COMPOSITE = re.compile(
    r"compositeWithTrainedAlgorithmicMedia|compositeSynthetic|Edited with Google AI", re.I
)
_AIGC = re.compile(r"\bAIGC\"?\s*[:=>{]|\"ContentProducer\"\s*:", re.I)
_AIGC_LABEL = re.compile(r"\"?Label\"?\s*[:=>]\s*\"?([123])", re.I)
_PARAMETERS = re.compile(
    r"\bSteps: \d+.{0,400}\bSampler: |\"class_type\"\s*:|\"sampler_name\"\s*:|\"cfg_scale\"\s*:",
    re.S,
)
_PARAMETER_KEYS = frozenset(
    {"invokeai_metadata", "invokeai_graph", "sd-metadata", "dream", "fooocus_scheme"}
)
# Names that mean nothing but a generator, wherever a note states them.
_NAMES = re.compile(
    r"Stable[ _-]?Diffusion|\bSDXL\b|Mid[ -]?journey|DALL[-·\s]?E\b|Adobe[ _]Firefly|ComfyUI|NovelAI|AUTOMATIC1111|InvokeAI|Fooocus"
    r"|ChatGPT|\bgpt-image|\bGPT-4o\b|OpenAI|Made with Google AI|Google Generative AI|Nano Banana|Bing Image Creator|Image Creator from"
    r"|Leonardo\.?Ai|Ideogram|\bFLUX\.1|Black Forest Labs|Recraft|DreamStudio|Stability AI|Craiyon|Imagined with AI|Meta AI"
    r"|Doubao|Jimeng|Dreamina|Seedream|通义万相|Wanxiang|通义千问|Qwen-?Image|文心一格|文心一言|ERNIE-ViLG|Hunyuan"
    r"|KlingAI|Kling AI|Kolors|讯飞星火|星火绘|智谱清言|CogView|海螺AI|Hailuo|商汤秒画|SenseMirage|360智绘|无界AI|LiblibAI|哩布哩布"
    r"|吐司AI|TusiArt|稿定AI|美图AI|\bWHEE\b|腾讯元宝|夸克AI|阶跃星辰|StepFun|AI生成|AI 生成|人工智能生成",
    re.I,
)
# Names with another meaning: they count only where a note says which program made the file.
_PROGRAM_NAMES = re.compile(
    r"\b(?:Imagen|Gemini|Grok|Firefly|Flux|Krea|Kling|Playground|Runway|Whisk|Wan2|Kimi)\b"
    r"|豆包|即梦|混元|可灵|可图|海螺|妙鸭|秒画",
    re.I,
)
_PROGRAM_KEYS = frozenset({"Software", "Source", "Generator", "Make", "Model", "HostComputer"})
_PROGRAM_IN_XMP = re.compile(
    r"(?:CreatorTool|softwareAgent|claim_generator|Credit|Generator)\W{1,12}([^<\"']{2,80})", re.I
)
_WIDE = 0.2  # share of zero bytes above which a text is in two bytes a character
_MOST_TEXT = 200_000  # characters of one note that are searched


@dataclass(frozen=True, slots=True)
class GeneratorMark:
    """What a note says: the mark itself, and whether it speaks of the whole picture or of a part or
    possibility.
    """

    text: str
    is_whole: bool


def generator_marks(notes: Iterable[Note]) -> Iterator[GeneratorMark]:
    """Each mark once, those of the whole picture first."""
    found: dict[str, GeneratorMark] = {}
    for note in notes:
        for text in texts_of(note.raw):
            mark = _mark(note.key, text[:_MOST_TEXT])
            if mark:
                found.setdefault(mark.text, mark)
    yield from sorted(found.values(), key=lambda mark: not mark.is_whole)


def has_credentials(notes: Iterable[Note]) -> bool:
    """Whether a C2PA manifest is among the notes."""
    return any(b"jumb" in note.raw and b"c2pa" in note.raw for note in notes)


def texts_of(raw: bytes) -> Iterator[str]:
    """A note's text in the encodings that it may be in; XMP and Exif comments may take two bytes a
    character.
    """
    body = raw.removeprefix(b"UNICODE\0").removeprefix(b"ASCII\0\0\0")
    yield html.unescape(body.decode("utf-8", "replace"))
    zeros = body[:2000].count(0) / max(1, len(body[:2000]))
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or body != raw
    if wide or zeros > _WIDE:
        for encoding in ("utf-16-le", "utf-16-be"):
            yield html.unescape(body.decode(encoding, "ignore"))


def _mark(key: str, text: str) -> GeneratorMark | None:
    if found := _GENERATED.search(text):
        return GeneratorMark(found[0], is_whole=True)
    if found := _COMPOSITE.search(text):
        return GeneratorMark(found[0], is_whole=False)
    if key.upper() == "AIGC" or _AIGC.search(text):
        label = _AIGC_LABEL.search(text)
        return GeneratorMark("AIGC", is_whole=label is None or label[1] == "1")
    if key.casefold() in _PARAMETER_KEYS or _PARAMETERS.search(text):
        return GeneratorMark(f"generation parameters ({key})", is_whole=True)
    if found := _NAMES.search(text):
        return GeneratorMark(found[0], is_whole=True)
    stated = [text] if key in _PROGRAM_KEYS else _PROGRAM_IN_XMP.findall(text)
    named = next((matched for part in stated if (matched := _PROGRAM_NAMES.search(part))), None)
    return GeneratorMark(named[0], is_whole=True) if named else None
