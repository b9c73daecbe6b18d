/** The findings of a report by cause, each with its share of the score: one order for the list, the score sheet and the keys. */
import type { Contribution, Finding, Report, Say } from "../api/report";

/** What one rule found of a cause: one line of the list, however many places it saw. */
export interface Row {
  rule: string;
  points: number;
  findings: Finding[];
}

export interface Cause {
  group: string;
  /** The title of the rule that weighs most. */
  title: Say;
  points: number;
  rows: Row[];
}

const ORDER = { high: 0, medium: 1, low: 2, info: 3 };
const groupOf = (finding: Finding) => finding.group || finding.rule;
const gravest = (row: Row) => Math.min(...row.findings.map((f) => ORDER[f.severity]));
const byWeight = (a: Row, b: Row) => b.points - a.points || gravest(a) - gravest(b);

export function causesOf(report: Report): Cause[] {
  const titles = new Map(report.checks.map((c) => [c.rule, c.title]));
  const points = new Map(report.risk.contributions.map((p) => [keyOf(p), p.points]));
  const groups = new Map<string, Map<string, Row>>();
  for (const finding of report.findings) {
    const group = groupOf(finding);
    const rows = groups.get(group) ?? new Map<string, Row>();
    const share = points.get(keyOf({ rule: finding.rule, group })) ?? 0;
    const row = rows.get(finding.rule) ?? { rule: finding.rule, points: share, findings: [] };
    row.findings.push(finding);
    rows.set(finding.rule, row);
    groups.set(group, rows);
  }
  const causes = [...groups].map(([group, byRule]): Cause => {
    const rows = [...byRule.values()].sort(byWeight);
    const sum = rows.reduce((total, row) => total + row.points, 0);
    const first = rows[0];
    const title = titles.get(first.rule) ?? first.findings[0].message;
    return { group, title, points: Math.round(sum * 10) / 10, rows };
  });
  return causes.sort((a, b) => b.points - a.points || byWeight(a.rows[0], b.rows[0]));
}

const keyOf = ({ rule, group }: Pick<Contribution, "rule" | "group">) => `${group}\n${rule}`;

/** All findings in the order of the list. */
export const inOrder = (causes: Cause[]): Finding[] =>
  causes.flatMap((cause) => cause.rows.flatMap((row) => row.findings));

export const causeOf = (causes: Cause[], fingerprint: string | null) =>
  causes.find((c) => c.rows.some((r) => r.findings.some((f) => f.fingerprint === fingerprint)));

/** How the figures of a finding are called: only two amounts are "expected" and "found"; digests and bare counts say nothing. */
export function figuresOf(finding: Finding): { label: string; value: string }[] {
  const { expected, observed, difference } = finding;
  const amount = (text: string) => /^-?\d+\.\d{2}$/.test(text);
  const both = amount(expected) && amount(observed);
  const said: [string, string][] = both
    ? [
        ["expected", expected],
        ["observed", observed],
      ]
    : [
        ["set_against", expected],
        ["seen", observed],
      ];
  if (amount(difference)) said.push(["difference", difference]);
  return said.filter(([, value]) => tells(value)).map(([label, value]) => ({ label, value }));
}

const tells = (value: string) =>
  Boolean(value) && !/^[0-9a-f]{12,}$/.test(value) && !/^\d{1,4}$/.test(value);
