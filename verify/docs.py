"""The rules' pages: one Markdown file a rule in both languages, and their index."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from verify.doubt.parts import WORDS
from verify.policy import default_policy
from verify.registry import rules
from verify.rule import Rule
from verify.thresholds import UNITS, thresholds_of

_HEADS = {
    "zh": (
        ("why", "为什么重要"),
        ("example", "示例"),
        ("innocent", "可能的善意解释"),
        ("ask", "询问什么"),
        ("paper", "可索取的材料"),
    ),
    "en": (
        ("why", "Why it matters"),
        ("example", "Example"),
        ("innocent", "Innocent explanations"),
        ("ask", "What to ask"),
        ("paper", "Paper to ask for"),
    ),
}

_THRESHOLDS = {"zh": "现行阈值", "en": "Thresholds in force"}
_KNOWN_PROBLEMS = {"zh": "已知局限", "en": "Known problems"}


def rule_page(rule: Rule) -> str:
    """A rule's page, Chinese first."""
    out = [
        f"# {rule.id} {rule.title_zh} · {rule.title}",
        "",
        f"`{rule.severity}` · group `{rule.group}`"
        + (" · proof" if rule.proof else "")
        + f" · since {rule.since}",
    ]
    out += _stands_on(rule)
    out += _related(rule)
    return "\n".join(out) + "\n\n" + page_in(rule, "zh") + "\n" + page_in(rule, "en")


def _stands_on(rule: Rule) -> list[str]:
    """What documents must have yielded before the rule speaks, in both languages."""
    parts = tuple(dict.fromkeys((*rule.stands_on_all, *rule.stands_on)))
    if not parts:
        return []
    zh = "、".join(WORDS[part].zh for part in parts)
    en = ", ".join(WORDS[part].en for part in parts)
    return ["", f"须读到{zh}，否则不核查 · not checked without {en}"]


def _related(rule: Rule) -> list[str]:
    """The rules that see the same cause from another side: they share the group."""
    others = [other.id for other in rules() if other.group == rule.group and other is not rule]
    if not others:
        return []
    links = ", ".join(f"[{each}]({each}.md)" for each in others)
    return ["", f"相关规则 · related rules: {links}"]


def page_in(rule: Rule, language: str, limits: Mapping[str, Decimal | float] | None = None) -> str:
    """The headings and texts of a rule's page in "zh" or "en", as Markdown, with its thresholds.

    `limits` are the thresholds in force; the policy that ships with this version where None.
    """
    page = getattr(rule, language)
    parts = [f"## {head}\n\n{getattr(page, name)}" for name, head in _HEADS[language]]
    if rule.known_problems is not None:
        head = _KNOWN_PROBLEMS[language]
        parts.append(f"## {head}\n\n{getattr(rule.known_problems, language)}")
    values = default_policy().limits.get(rule.id, {}) if limits is None else limits
    if values:
        parts.append(_thresholds(rule.id, values, language))
    return "\n\n".join(parts) + "\n"


def _thresholds(owner: str, values: Mapping[str, Decimal | float], language: str) -> str:
    """The list of a rule's thresholds: value, unit, what it decides, and where it comes from."""
    lines = []
    for each in thresholds_of(owner, tuple(values)):
        unit, meaning, source = (
            getattr(text, language) for text in (UNITS[each.unit], each.meaning, each.source)
        )
        value = f"{each.shown(values[each.name])} {unit}"
        if language == "zh":
            lines.append(f"- `{each.name}` {value}：{meaning}（依据：{source}）")
        else:
            lines.append(f"- `{each.name}` {value}: {meaning} (source: {source})")
    return f"## {_THRESHOLDS[language]}\n\n" + "\n".join(lines)


def write_pages(folder: Path) -> None:
    """Writes docs/rules afresh: a page a rule and the index."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    families = (
        "Families: ARI within one paper · IDE codes and numbers · CON paper against paper "
        "· BNK bank statement · DUP used twice · GUA guarantees · PRA practice · EXT "
        "checks made elsewhere."
    )
    index = [
        "# 规则 · Rules",
        "",
        families,
        "",
        "| id | 规则 | rule | severity |",
        "|---|---|---|---|",
    ]
    for rule in rules():
        (folder / f"{rule.id}.md").write_text(rule_page(rule), encoding="utf-8")
        index.append(
            f"| [{rule.id}]({rule.id}.md) | {rule.title_zh} | {rule.title} | {rule.severity} |"
        )
    (folder / "README.md").write_text("\n".join(index) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(__file__).resolve().parents[1] / "docs" / "rules")
