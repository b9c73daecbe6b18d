"""The rules' pages: one Markdown file a rule in both languages, and their index."""

from __future__ import annotations

from pathlib import Path

from verify.doubt.parts import WORDS
from verify.registry import rules
from verify.rule import Rule

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


def rule_page(rule: Rule) -> str:
    """A rule's page, Chinese first."""
    out = [
        f"# {rule.id} {rule.title_zh} · {rule.title}",
        "",
        f"`{rule.severity}` · group `{rule.group}`" + (" · proof" if rule.proof else ""),
    ]
    out += _stands_on(rule)
    return "\n".join(out) + "\n\n" + page_in(rule, "zh") + "\n" + page_in(rule, "en")


def _stands_on(rule: Rule) -> list[str]:
    """What documents must have yielded before the rule speaks, in both languages."""
    parts = tuple(dict.fromkeys((*rule.stands_on_all, *rule.stands_on)))
    if not parts:
        return []
    zh = "、".join(WORDS[part].zh for part in parts)
    en = ", ".join(WORDS[part].en for part in parts)
    return ["", f"须读到{zh}，否则不核查 · not checked without {en}"]


def page_in(rule: Rule, language: str) -> str:
    """The headings and texts of a rule's page in "zh" or "en", as Markdown."""
    page = getattr(rule, language)
    return (
        "\n\n".join(f"## {head}\n\n{getattr(page, name)}" for name, head in _HEADS[language]) + "\n"
    )


def write_pages(folder: Path) -> None:
    """Writes docs/rules afresh: a page a rule and the index."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    families = "Families: ARI within one paper · IDE codes and numbers · CON paper against paper · BNK bank statement · DUP used twice · GUA guarantees · PRA practice · EXT checks made elsewhere."
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
