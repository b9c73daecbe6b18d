import { DownOutlined, LinkOutlined, UpOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useEffect, useRef } from "react";
import { money } from "../../app/figures";
import { useWords } from "../../app/language";
import { useKeys } from "../../keyboard/Keys";
import { labelOf } from "../entries";
import { useView } from "../shown";
import type { Compared } from "./useDifferences";
import { Versions } from "./Versions";

const AMOUNT = /^-?\d+\.\d\d$/;

interface Props {
  compared: Compared;
  chosen: string | null;
  jump: (key: string) => void;
  tied: boolean;
  turnTie: () => void;
}

/** What differs between the two pages, as a list that leads to the places; what stands on the right is chosen here. */
export function Differences({ compared: { items, note }, chosen, jump, tied, turnTie }: Props) {
  const { t } = useWords();
  const at = items.findIndex((d) => d.key === chosen);
  const step = (by: 1 | -1) => {
    const next =
      items[
        at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.max(0, Math.min(items.length - 1, at + by))
      ];
    if (next) jump(next.key);
  };
  useKeys([
    { keys: ".", label: t("compare.next"), act: () => step(1) },
    { keys: ",", label: t("compare.previous"), act: () => step(-1) },
    { keys: "l", label: t("compare.tie"), act: turnTie },
  ]);
  return (
    <section className="compare" aria-label={t("compare.title")}>
      <div className="compare-tools">
        <Versions />
        <span className="grow" role="status">
          {note !== "asking" && <b>{t("compare.count", { count: items.length })}</b>}{" "}
          {note && <span className="faint">{t(`compare.note.${note}`)}</span>}
        </span>
        <Tooltip title={t("compare.previous")}>
          <Button
            size="small"
            type="text"
            icon={<UpOutlined />}
            aria-label={t("compare.previous")}
            disabled={!items.length}
            onClick={() => step(-1)}
          />
        </Tooltip>
        <span className="figure">
          {at + 1}/{items.length}
        </span>
        <Tooltip title={t("compare.next")}>
          <Button
            size="small"
            type="text"
            icon={<DownOutlined />}
            aria-label={t("compare.next")}
            disabled={!items.length}
            onClick={() => step(1)}
          />
        </Tooltip>
        <Tooltip title={t("compare.tie_how")}>
          <Button
            size="small"
            type={tied ? "primary" : "default"}
            icon={<LinkOutlined />}
            aria-pressed={tied}
            onClick={turnTie}
          >
            {t("compare.tie")}
          </Button>
        </Tooltip>
      </div>
      {items.length > 0 && <List items={items} chosen={chosen} jump={jump} />}
    </section>
  );
}

function List({
  items,
  chosen,
  jump,
}: {
  items: Compared["items"];
  chosen: string | null;
  jump: (key: string) => void;
}) {
  const { t, orRaw } = useWords();
  const { shown } = useView();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <ol className="compare-list" ref={list}>
      {items.map((d, n) => (
        <li key={d.key}>
          <button type="button" aria-pressed={d.key === chosen} onClick={() => jump(d.key)}>
            <span className="figure compare-number">{n + 1}</span>
            <span className="label">
              {d.words.length
                ? labelOf(d.words, orRaw)
                : t("findings.page", {
                    page: d.at[0]?.page ?? d.at[1]?.page ?? shown.panes[0].page,
                  })}
            </span>
            <Value side={t("compare.left")} value={d.left} />
            <Value side={t("compare.right")} value={d.right} />
          </button>
        </li>
      ))}
    </ol>
  );
}

function Value({ side, value }: { side: string; value: string }) {
  const { t } = useWords();
  return (
    <span className="compare-value">
      <span className="faint">{side}</span>{" "}
      {value ? (
        <b>{AMOUNT.test(value) ? money(value) : value}</b>
      ) : (
        <span className="faint">{t("compare.nothing")}</span>
      )}
    </span>
  );
}
