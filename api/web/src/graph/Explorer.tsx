import { RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { Button, Segmented, Select, Tooltip } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { useWords } from "../app/language";
import { useKeys } from "../keyboard/Keys";
import { Page } from "../parts/Page";
import { Loading, Nothing, Wrong } from "../parts/States";
import { Canvas, type CanvasHandle } from "./Canvas";
import { Find } from "./Find";
import { pinned } from "./drawn";
import { Export } from "./Export";
import { UNMARKED, type Marks } from "./looks";
import { SideSheets } from "./SideSheets";
import { Time } from "./Time";
import { Twin } from "./Twin";
import { useExplorer } from "./useExplorer";

export function Explorer() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const explorer = useExplorer();
  const { drawn, shown, chosen, setChosen, act, undo, redo, start, expand, error, busy } = explorer;
  const [hops, setHops] = useState(2);
  const [layout, setLayout] = useState("force");
  const [twin, setTwin] = useState(false);
  const [marks, setMarks] = useState<Marks>(UNMARKED);
  const canvas = useRef<CanvasHandle>(null);
  const packet = search.get("packet") ?? "";
  const entity = search.get("entity") ?? "";

  useEffect(() => {
    if (packet || entity) void start({ packet, entity }, 2);
  }, [packet, entity, start]);

  const pin = useCallback(
    (id: string) => {
      const at = canvas.current?.positionOf(id) ?? [0, 0];
      act((d) => pinned(d, id, d.pinned.has(id) ? null : (at as [number, number])));
    },
    [act],
  );
  useKeys([
    { keys: "u", label: t("graph.undo"), act: undo },
    { keys: "U", label: t("graph.redo"), act: redo },
    { keys: "f", label: t("graph.fit"), act: () => canvas.current?.fit() },
    {
      keys: "e",
      label: t("graph.expand"),
      act: () => chosen && drawn.entities.has(chosen) && void expand(chosen),
    },
    {
      keys: "p",
      label: t("graph.pin"),
      act: () => chosen && drawn.entities.has(chosen) && pin(chosen),
    },
    { keys: "v", label: t("graph.table"), act: () => setTwin((v) => !v) },
  ]);
  const empty = drawn.entities.size === 0;
  return (
    <Page
      wide
      title={t("nav.graph")}
      extra={<Export explorer={explorer} hops={hops} canvas={canvas} />}
    >
      <div className="graph-tools">
        <Find start={(id) => void start({ entity: id }, hops)} />
        <Select
          aria-label={t("graph.hops")}
          value={hops}
          onChange={(n) => {
            setHops(n);
            const from = drawn.centres[0];
            if (packet || from) void start(packet ? { packet } : { entity: from }, n);
          }}
          options={[1, 2, 3].map((n) => ({ value: n, label: t("graph.hops_of", { n }) }))}
        />
        <Select
          aria-label={t("graph.layout")}
          value={layout}
          onChange={setLayout}
          options={["force", "layered", "circle", "rings"].map((l) => ({
            value: l,
            label: t(`layout.${l}`),
          }))}
        />
        <Tooltip title={t("graph.undo")}>
          <Button
            icon={<UndoOutlined />}
            aria-label={t("graph.undo")}
            disabled={!explorer.history.past.length}
            onClick={undo}
          />
        </Tooltip>
        <Tooltip title={t("graph.redo")}>
          <Button
            icon={<RedoOutlined />}
            aria-label={t("graph.redo")}
            disabled={!explorer.history.future.length}
            onClick={redo}
          />
        </Tooltip>
        <Button onClick={() => canvas.current?.fit()}>{t("graph.fit")}</Button>
        <Segmented
          value={twin ? "table" : "picture"}
          onChange={(v) => setTwin(v === "table")}
          options={["picture", "table"].map((v) => ({ value: v, label: t(`graph.as_${v}`) }))}
        />
        <span className="faint">
          {t("graph.count", { entities: shown.entities.length, relations: shown.relations.length })}
          {drawn.leftOut > 0 && ` · ${t("graph.left_out", { count: drawn.leftOut })}`}
        </span>
      </div>
      {error !== null && <Wrong error={error} />}
      <div className="graph-body">
        <section className="panel graph-main" aria-label={t("nav.graph")}>
          {busy && empty && <Loading />}
          {!busy && empty && <Nothing>{t("graph.begin")}</Nothing>}
          {!empty &&
            (twin ? (
              <Twin shown={shown} chosen={chosen} choose={setChosen} />
            ) : (
              <Canvas
                handle={canvas}
                drawn={drawn}
                seen={shown}
                layout={layout}
                chosen={chosen}
                marks={marks}
                choose={setChosen}
                expand={(id) => void expand(id)}
              />
            ))}
          {!empty && <Time explorer={explorer} />}
        </section>
        <SideSheets
          explorer={explorer}
          marks={marks}
          setMarks={setMarks}
          pin={pin}
          focus={(id) => canvas.current?.focus(id)}
          packet={packet}
        />
      </div>
    </Page>
  );
}
