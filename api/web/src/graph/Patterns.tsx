import { Button } from "antd";
import { getCut } from "../api/graph";
import { money } from "../app/figures";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { Nothing } from "../parts/States";
import { added } from "./drawn";
import { UNMARKED } from "./looks";
import type { SideProps } from "./SideSheets";

const CHAINS = [
  "guarantee_circle",
  "guarantee_chain",
  "circular_flow",
  "mutual_guarantee",
  "invoice_ring",
  "self_owned",
];

/** Circles, joint groups and the like among what is drawn; the guarantees whose release breaks the circles. */
export function Patterns({ explorer, marks, setMarks, focus }: SideProps) {
  const { t, orRaw } = useWords();
  const { message } = useTold();
  const { shown, drawn, act, asking, setChosen } = explorer;
  const name = (id: string) => drawn.entities.get(id)?.name ?? id;
  const cut = () =>
    asking(async () => {
      const found = await getCut();
      act((d) =>
        added(d, { entities: found.entities.filter((e) => d.entities.has(e.id)), relations: [] }),
      );
      setMarks({
        failed: new Map(),
        released: new Set(found.release.map((r) => `${r.guarantor} → ${r.debtor}`)),
      });
      void message.info(
        t("graph.cut_found", { count: found.release.length, weight: money(found.weight) }),
      );
    });
  const marked = marks.failed.size > 0 || marks.released.size > 0;
  return (
    <div className="sheet">
      <div className="row">
        <Button size="small" onClick={() => void cut()}>
          {t("graph.cut")}
        </Button>
        {marked && (
          <Button size="small" onClick={() => setMarks(UNMARKED)}>
            {t("graph.unmark")}
          </Button>
        )}
      </div>
      {shown.patterns.length === 0 && <Nothing>{t("graph.no_patterns")}</Nothing>}
      {shown.patterns.map((p) => (
        <section key={p.id} className="pattern">
          <h3>
            {orRaw(`pattern.${p.kind}`, p.kind)}{" "}
            <span className="tag plain">{orRaw(`bears_on.${p.bears_on}`, p.bears_on)}</span>
          </h3>
          <p>
            {p.members.map((m, n) => (
              <span key={m}>
                {n > 0 && (CHAINS.includes(p.kind) ? " → " : "、")}
                <button
                  type="button"
                  className="linkish"
                  onClick={() => {
                    setChosen(m);
                    focus(m);
                  }}
                >
                  {name(m)}
                </button>
              </span>
            ))}
          </p>
          <dl className="facts">
            {Object.entries(p.figures).map(([key, value]) => (
              <div key={key}>
                <dt className="label">{orRaw(`figure.${key}`, key)}</dt>
                <dd>{orRaw(`figure_value.${value}`, money(value))}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
