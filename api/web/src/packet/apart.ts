/** How far two amounts are apart, in cents and so exactly, and as a share of the first. */
export function apart(first: string, second: string): { difference: string; share: string } | null {
  const [one, other] = [cents(first), cents(second)];
  if (one === null || other === null) return null;
  const gap = other - one;
  return { difference: text(gap), share: one === 0n ? "—" : percent(gap, one < 0n ? -one : one) };
}

/** One decimal, a half rounded away from zero. */
function percent(gap: bigint, whole: bigint): string {
  const hundredths = (gap * 10_000n) / whole;
  const tenths = (hundredths + (hundredths < 0n ? -5n : 5n)) / 10n;
  return `${(Number(tenths) / 10).toFixed(1)}%`;
}

function cents(amount: string): bigint | null {
  const parts = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount);
  if (!parts) return null;
  const value = BigInt(parts[2]) * 100n + BigInt((parts[3] ?? "").padEnd(2, "0"));
  return parts[1] ? -value : value;
}

function text(value: bigint): string {
  const size = value < 0n ? -value : value;
  return `${value < 0n ? "-" : ""}${size / 100n}.${String(size % 100n).padStart(2, "0")}`;
}
