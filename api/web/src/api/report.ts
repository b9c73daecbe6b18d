/** The published report format huoyan.report/1, as far as the workbench shows it. */
export type Lang = "zh" | "en";
export type Say = Record<Lang, string>;
/** [left, top, right, bottom] as fractions of the page. */
export type Box = [number, number, number, number];
export const BANDS = ["high", "medium", "low", "not_verified"] as const;
export type Band = (typeof BANDS)[number];
export type Severity = "info" | "low" | "medium" | "high";
export type Outcome =
  "hit" | "reading_in_doubt" | "clear" | "not_applicable" | "not_checked" | "error";

export interface Evidence {
  packet: string;
  file: string;
  document: string;
  page: number;
  box: Box;
  text: string;
}

export interface Finding {
  fingerprint: string;
  rule: string;
  group: string;
  proof: boolean;
  severity: Severity;
  confidence: number;
  message: Say;
  expected: string;
  observed: string;
  difference: string;
  question: Say;
  paper_to_ask_for: Say;
  innocent_explanations: Say;
  evidence: Evidence[];
  against: Evidence[];
}

export interface Contribution {
  rule: string;
  group: string;
  points: number;
  findings: string[];
  sentence: Say;
}

export interface FieldValue {
  value: string;
  raw: string;
  confidence: number;
  page: number;
  box: Box;
  method: string;
}

export type ListItem = Record<string, string | number | null | Box>;

export interface Cell {
  raw: string;
  confidence: number;
  page: number;
  box: Box;
  method: string;
}

export interface Row {
  date: string;
  time: string;
  description: string;
  debit: string;
  credit: string;
  balance: string | null;
  counterparty_name: string;
  counterparty_account: string;
  serial_number: string;
  page: number;
  box: Box;
}

export interface Signal {
  kind: string;
  detail: string;
  page: number;
  box: Box;
}

export interface Failure {
  code: string;
  message: string;
  message_zh: string;
  page: number | null;
  file: string;
}

export interface PaperDocument {
  id: string;
  file: string;
  sha256: string;
  pages: number[];
  type: string;
  status: "read" | "partial" | "unreadable" | "unsupported";
  fields: Record<string, FieldValue | ListItem[]>;
  lines: Record<string, Record<string, string>>;
  cells: Record<string, Record<string, Cell>>;
  rows: Row[];
  signals: Signal[];
  failures: Failure[];
}

export interface Check {
  rule: string;
  title: Say;
  outcome: Outcome;
  reason: string;
  reason_text: Say;
  missing: string[];
  doubts?: Doubt[];
}

/** A difference that a mistake of reading explains, and the places to look at. */
export interface Doubt {
  slip: string;
  title: Say;
  severity: Severity;
  message: Say;
  documents: string[];
  evidence: Evidence[];
}

export interface Reconciled {
  figure: string;
  title: Say;
  tolerance: string;
  outcome: string;
  sources: { name: string; value: string; document: string; note: Say }[];
  left_out: { reason: string; value: string; why: Say }[];
}

export interface Report {
  schema: string;
  application: { id: string; applicant: { name: string; uscc: string }; as_of: string };
  risk: {
    score: number;
    band: Band;
    coverage: number;
    policy_version: string;
    reason: Say;
    /** The weightiest causes in one sentence; reports made before it was there have none. */
    verdict?: Say;
    not_low?: Say | null;
    contributions: Contribution[];
  };
  documents: PaperDocument[];
  findings: Finding[];
  checks: Check[];
  reconciliation: Reconciled[];
  next_papers: { type: string; why: Say }[];
  failures: Failure[];
  inputs: {
    context_sha256: string;
    corrections: unknown[];
    files: { file: string; sha256: string; size: number }[];
  };
  engines: Record<string, string>;
}
