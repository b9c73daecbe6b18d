import { Button, Popconfirm } from "antd";
import type { ReactNode } from "react";
import { moment } from "../app/figures";
import { useWords } from "../app/language";
import { usePeople } from "../app/people";

interface Kept {
  id: string;
  sha256: string;
  made_by: string;
  made_at: string;
}

interface Props<One extends Kept> {
  items: One[];
  none: string;
  /** Whether they may be removed, what is asked before, and how it is done. */
  may: boolean;
  sure: string;
  drop: (id: string) => void;
  children: (one: One) => ReactNode;
}

/** What is kept beside the graph, each with its maker, its digest and a way to remove it. */
export function KeptList<One extends Kept>({ items, none, may, sure, drop, children }: Props<One>) {
  const { t, lang } = useWords();
  const nameOf = usePeople();
  return (
    <ul className="papers">
      {items.length === 0 && <li className="faint">{none}</li>}
      {items.map((one) => (
        <li key={one.id}>
          {children(one)}
          <span className="faint">
            {nameOf(one.made_by)} · {moment(one.made_at, lang)}
          </span>
          <code title={one.sha256}>sha256 {one.sha256.slice(0, 16)}…</code>
          {may && (
            <Popconfirm title={sure} onConfirm={() => drop(one.id)}>
              <Button size="small" type="text" danger>
                {t("act.remove")}
              </Button>
            </Popconfirm>
          )}
        </li>
      ))}
    </ul>
  );
}
