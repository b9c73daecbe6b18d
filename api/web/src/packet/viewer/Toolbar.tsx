import { ColumnWidthOutlined, LeftOutlined, RightOutlined, RotateRightOutlined, ScissorOutlined, ZoomInOutlined, ZoomOutOutlined } from "@ant-design/icons";
import { Button, Select, Tooltip } from "antd";
import type { ReactNode } from "react";
import type { Report } from "../../api/report";
import { useWords } from "../../app/language";
import { useView, type Place } from "../shown";
import type { Look } from "./Viewer";

const HEAT_MAPS = ["compression", "noise", "sharpness"];

interface Props {
  pane: number;
  place: Place;
  look: Look;
  setLook: (change: (look: Look) => Look) => void;
  zoom: (step: 1 | -1) => void;
  turn: () => void;
  go: (page: number) => void;
}

export function Toolbar({ pane, place, look, setLook, zoom, turn, go }: Props) {
  const { t, orRaw } = useWords();
  const { report, documents, act, shown } = useView();
  const pages = documents.get(place.document)?.pages ?? [];
  const at = pages.indexOf(place.page);
  const two = shown.panes.length > 1;
  const open = (id: string) => act({ kind: "place", pane, place: { document: id, page: documents.get(id)?.pages[0] ?? 1 } });
  const press = (label: string, icon: ReactNode, run: () => void, more: { disabled?: boolean; pressed?: boolean } = {}) => (
    <Tooltip title={label}>
      <Button type={more.pressed ? "primary" : "text"} size="small" icon={icon} aria-label={label} aria-pressed={more.pressed} disabled={more.disabled} onClick={run} />
    </Tooltip>
  );
  return (
    <div className="viewer-tools">
      <Select
        size="small"
        className="grow"
        value={place.document}
        onChange={open}
        aria-label={t("word.paper")}
        options={report.documents.map((d) => ({ value: d.id, label: `${orRaw(`paper.${d.type}`, d.type)} · ${d.file}` }))}
      />
      {press(t("viewer.previous"), <LeftOutlined />, () => go(pages[at - 1]), { disabled: at <= 0 })}
      <span className="figure">
        {at + 1}/{pages.length}
      </span>
      {press(t("viewer.next"), <RightOutlined />, () => go(pages[at + 1]), { disabled: at >= pages.length - 1 })}
      <Select
        size="small"
        className="heat-choice"
        allowClear
        value={look.heat}
        onChange={(heat: string | undefined) => setLook((l) => ({ ...l, heat: heat ?? null }))}
        placeholder={t("viewer.heat")}
        aria-label={t("viewer.heat")}
        options={HEAT_MAPS.map((kind) => ({ value: kind, label: t(`heat.${kind}`) }))}
      />
      <span className="split" />
      {press(t("viewer.out"), <ZoomOutOutlined />, () => zoom(-1))}
      <span className="figure zoom">{Math.round(look.zoom * 100)}%</span>
      {press(t("viewer.in"), <ZoomInOutlined />, () => zoom(1))}
      {press(t("viewer.turn"), <RotateRightOutlined />, turn)}
      {press(t("viewer.cut"), <ScissorOutlined />, () => setLook((l) => ({ ...l, cutting: !l.cutting })), { pressed: look.cutting })}
      {pane === 0 && press(t("viewer.side"), <ColumnWidthOutlined />, () => act({ kind: "side", place: two ? null : beside(report, shown.finding, place) }), { pressed: two })}
    </div>
  );
}

/** The paper to lay beside another at first: the other one of the finding in hand, else one of another file. */
function beside({ documents, findings }: Report, finding: string | null, place: Place): Place {
  const hand = findings.find((f) => f.fingerprint === finding);
  const other = [...(hand?.evidence ?? []), ...(hand?.against ?? [])].find((e) => e.document !== place.document && documents.some((d) => d.id === e.document));
  if (other) return { document: other.document, page: other.page, box: other.box };
  const file = documents.find((d) => d.id === place.document)?.sha256;
  const next = documents.find((d) => d.sha256 !== file) ?? documents[0];
  return { document: next.id, page: next.pages[0] };
}
