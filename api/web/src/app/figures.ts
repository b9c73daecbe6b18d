/** How figures and times are written. */
import type { Lang } from "../api/report";

export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? "—" : `${Math.round(share * 100)}%`;
}

export function points(value: number | null | undefined): string {
  return value === null || value === undefined ? "—" : value.toFixed(1);
}

/** A decimal string with thousands separated; what is no figure stays as it is. No float is made of it. */
export function money(text: string | null | undefined): string {
  if (!text) return "—";
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  if (!parts) return text;
  return `${parts[1]}${parts[2].replace(/\B(?=(\d{3})+$)/g, ",")}${parts[3] ?? ""}`;
}

export function moment(iso: string | null | undefined, lang: Lang): string {
  if (!iso) return "—";
  return new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    hour12: false,
  }).format(new Date(iso));
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long ago, in the largest unit that fits. */
export function age(iso: string, lang: Lang, now: number = Date.now()): string {
  const seconds = Math.max(0, (now - new Date(iso).getTime()) / 1000);
  const format = new Intl.RelativeTimeFormat(lang, { numeric: "auto", style: "short" });
  for (const [unit, size] of STEPS) {
    if (seconds >= size) return format.format(-Math.floor(seconds / size), unit);
  }
  return format.format(0, "minute");
}

const SIZES = ["B", "kB", "MB", "GB"];

export function size(bytes: number): string {
  let step = 0;
  while (bytes >= 1000 && step < SIZES.length - 1) {
    bytes /= 1000;
    step += 1;
  }
  return `${bytes.toFixed(step === 0 || bytes >= 100 ? 0 : 1)} ${SIZES[step]}`;
}
