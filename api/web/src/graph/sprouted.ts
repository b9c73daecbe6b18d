/** Where parties stand before forces act on them: near what they are tied to, so that few steps bring them to rest. */
export type Point = [x: number, y: number];

const REACH = 210;
const CIRCLE = 2 * Math.PI;
/** Many that hang on one never start in one line. */
const NARROWEST = CIRCLE / 3;
/** Trees that hang on nothing start along a spiral. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

interface Standing {
  id: string;
  at: Point | null;
}

/** The tree by which each party is reached first, from those that stand already and else from the one with the most ties. */
function tree(
  parties: Standing[],
  near: Map<string, string[]>,
): { order: string[]; parent: Map<string, string | null> } {
  const parent = new Map<string, string | null>();
  const order: string[] = [];
  const follow = (roots: string[]) => {
    const queue = roots.filter((id) => !parent.has(id));
    for (const id of queue) parent.set(id, null);
    for (let n = 0; n < queue.length; n++) {
      order.push(queue[n]);
      for (const next of near.get(queue[n]) ?? []) {
        if (parent.has(next)) continue;
        parent.set(next, queue[n]);
        queue.push(next);
      }
    }
  };
  follow(parties.filter((p) => p.at).map((p) => p.id));
  const ties = (p: Standing) => near.get(p.id)?.length ?? 0;
  for (const p of [...parties].sort((a, b) => ties(b) - ties(a))) follow([p.id]);
  return { order, parent };
}

/** How many hang on each party in the tree, itself included. */
function weights(order: string[], parent: Map<string, string | null>): Map<string, number> {
  const found = new Map(order.map((id): [string, number] => [id, 1]));
  for (const id of [...order].reverse()) {
    const above = parent.get(id);
    if (above) found.set(above, (found.get(above) ?? 0) + (found.get(id) ?? 0));
  }
  return found;
}

interface Fan {
  at: Point;
  /** The angle at which the next one stands, and what each that hangs on it takes of the fan. */
  next: number;
  each: number;
}

/** A start for each party: its own place where it has one, else on a fan behind the party that leads to it. */
export function sprouted(
  parties: Standing[],
  ties: { source: string; target: string }[],
  centre: Point,
): Map<string, Point> {
  const near = new Map(parties.map((p): [string, string[]] => [p.id, []]));
  for (const t of ties) {
    near.get(t.source)?.push(t.target);
    near.get(t.target)?.push(t.source);
  }
  const { order, parent } = tree(parties, near);
  const weight = weights(order, parent);
  const stands = new Map(parties.map((p) => [p.id, p.at]));
  const fans = new Map<string, Fan>();
  let roots = 0;
  for (const id of order) {
    const above = fans.get(parent.get(id) ?? "");
    const hang = weight.get(id) ?? 1;
    const share = above ? hang * above.each : CIRCLE;
    const angle = above ? above.next + share / 2 : roots * GOLDEN;
    const far = above ? REACH : 2 * REACH * Math.sqrt(roots);
    if (above) above.next += share;
    else roots += 1;
    const [x, y] = above?.at ?? centre;
    const at: Point = stands.get(id) ?? [x + far * Math.cos(angle), y + far * Math.sin(angle)];
    const width = above ? Math.max(share, NARROWEST) : CIRCLE;
    fans.set(id, { at, next: angle - width / 2, each: width / Math.max(1, hang - 1) });
  }
  return new Map([...fans].map(([id, fan]) => [id, fan.at]));
}
