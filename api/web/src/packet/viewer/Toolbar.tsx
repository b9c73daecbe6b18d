import {
  ColumnWidthOutlined,
  DownloadOutlined,
  ExpandOutlined,
  LeftOutlined,
  RightOutlined,
  RotateRightOutlined,
  ScissorOutlined,
  StepBackwardOutlined,
  StepForwardOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from "@ant-design/icons";
import { Button, Select, Tooltip } from "antd";
import type { ReactNode } from "react";
import { fileUrl } from "../../api/packets";
import type { PaperDocument } from "../../api/report";
import { useWords } from "../../app/language";
import { useView, type Place } from "../shown";
import type { Look } from "./Viewer";

const HEAT_MAPS = ["compression", "noise", "sharpness"];

interface Props {
  pane: number;
  place: Place;
  papers: PaperDocument[];
  look: Look;
  setLook: (change: (look: Look) => Look) => void;
  zoom: (step: 1 | -1) => void;
  turn: () => void;
  go: (page: number) => void;
  goPaper: (by: 1 | -1) => void;
  fit: () => void;
  turnSide: () => void;
}

export function Toolbar(props: Props) {
  const { pane, place, papers, look, setLook, zoom, turn, go, goPaper, fit, turnSide } = props;
  const { t, orRaw } = useWords();
  const { act, shown, packet } = useView();
  const paper = papers.find((d) => d.id === place.document);
  const pages = paper?.pages ?? [];
  const at = pages.indexOf(place.page);
  const paperAt = papers.findIndex((d) => d.id === place.document);
  const original = packet.files.find((f) => f.sha256 === paper?.sha256);
  const open = (id: string) =>
    act({
      kind: "place",
      pane,
      place: {
        document: id,
        page: papers.find((d) => d.id === id)?.pages[0] ?? 1,
        version: place.version,
      },
    });
  // A button that can be pressed is never a bare "text" one: changing to and from that, Ant Design makes it anew, and the focus is lost.
  const press = (
    label: string,
    icon: ReactNode,
    run: () => void,
    more: { disabled?: boolean; pressed?: boolean } = {},
  ) => (
    <Tooltip title={label}>
      <Button
        color={more.pressed ? "primary" : "default"}
        variant={more.pressed === undefined ? "text" : more.pressed ? "solid" : "filled"}
        size="small"
        icon={icon}
        aria-label={label}
        aria-pressed={more.pressed}
        disabled={more.disabled}
        onClick={run}
      />
    </Tooltip>
  );
  return (
    <div className={pane === 0 ? "viewer-tools first" : "viewer-tools"}>
      <Select
        size="small"
        className="grow"
        value={paper?.id}
        onChange={open}
        disabled={place.version?.kind === "file"}
        aria-label={t("word.paper")}
        options={papers.map((d) => ({
          value: d.id,
          label: `${orRaw(`paper.${d.type}`, d.type)} · ${d.file}`,
        }))}
      />
      {pane === 0 &&
        press(t("viewer.side"), <ColumnWidthOutlined />, turnSide, {
          pressed: shown.panes.length > 1,
        })}
      {press(t("viewer.previous_paper"), <StepBackwardOutlined />, () => goPaper(-1), {
        disabled: paperAt <= 0 || place.version?.kind === "file",
      })}
      {press(t("viewer.next_paper"), <StepForwardOutlined />, () => goPaper(1), {
        disabled: paperAt >= papers.length - 1 || place.version?.kind === "file",
      })}
      {press(t("viewer.previous"), <LeftOutlined />, () => go(pages[at - 1]), {
        disabled: at <= 0,
      })}
      <span className="figure">
        {at + 1}/{pages.length}
      </span>
      {press(t("viewer.next"), <RightOutlined />, () => go(pages[at + 1]), {
        disabled: at >= pages.length - 1,
      })}
      {place.version && (
        <span className="tag plain">
          {place.version.kind === "file"
            ? t("compare.save_short", { n: place.version.number })
            : t("changes.revision", { revision: place.version.number })}
        </span>
      )}
      {!place.version && (
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
      )}
      <span className="split" />
      {press(t("viewer.out"), <ZoomOutOutlined />, () => zoom(-1))}
      <span className="figure zoom">{Math.round(look.zoom * 100)}%</span>
      {press(t("viewer.in"), <ZoomInOutlined />, () => zoom(1))}
      {press(t("viewer.fit"), <ExpandOutlined />, fit)}
      {press(t("viewer.turn"), <RotateRightOutlined />, turn)}
      {!place.version &&
        press(
          t("viewer.cut"),
          <ScissorOutlined />,
          () => setLook((l) => ({ ...l, cutting: !l.cutting })),
          { pressed: look.cutting },
        )}
      {original && (
        <Tooltip title={t("viewer.original")}>
          <Button
            size="small"
            variant="text"
            color="default"
            icon={<DownloadOutlined />}
            aria-label={t("viewer.original")}
            href={fileUrl(packet.id, original.id)}
            download={original.name}
          />
        </Tooltip>
      )}
    </div>
  );
}
