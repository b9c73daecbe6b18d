import { EditOutlined } from "@ant-design/icons";
import { Button, Input, Select, Tooltip } from "antd";
import { useState } from "react";
import type { Packet } from "../api/packets";
import type { Box } from "../api/report";
import { percent } from "../app/figures";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { Nothing } from "../parts/States";
import { CorrectForm } from "./CorrectForm";
import { entriesOf, labelOf, type Entry } from "./entries";
import { useView } from "./shown";

/** What was read of the paper in the first pane, beside it, to be corrected in place. */
export function Fields({ packet }: { packet: Packet }) {
  const { t, orRaw } = useWords();
  const { shown, act, report, documents } = useView();
  const [filter, setFilter] = useState("");
  const paper = documents.get(shown.panes[0].document);
  if (!paper) return <Nothing>{t("fields.none")}</Nothing>;
  const label = (e: Entry) => labelOf(e.words, orRaw);
  const entries = entriesOf(paper).filter(
    (e) => !filter || `${label(e)} ${e.value} ${e.raw}`.includes(filter),
  );
  return (
    <div className="sheet">
      <div className="row">
        <Select
          size="small"
          className="grow"
          value={paper.id}
          aria-label={t("word.paper")}
          onChange={(id) =>
            act({ kind: "look", place: { document: id, page: documents.get(id)?.pages[0] ?? 1 } })
          }
          options={report.documents.map((d) => ({
            value: d.id,
            label: `${orRaw(`paper.${d.type}`, d.type)} · ${d.file}`,
          }))}
        />
        <Input
          size="small"
          allowClear
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          placeholder={t("fields.find")}
          aria-label={t("fields.find")}
          className="find"
        />
      </div>
      {entries.length === 0 && <Nothing>{t("fields.none")}</Nothing>}
      <ul className="fields">
        {entries.map((entry) => (
          <Line
            key={entry.path}
            entry={entry}
            label={label(entry)}
            packet={packet}
            document={paper.id}
            show={(box, page) => act({ kind: "look", place: { document: paper.id, page, box } })}
          />
        ))}
      </ul>
    </div>
  );
}

interface LineProps {
  entry: Entry;
  label: string;
  packet: Packet;
  document: string;
  show: (box: Box, page: number) => void;
}

function Line({ entry, label, packet, document, show }: LineProps) {
  const { t } = useWords();
  const may = useMay("packets:write");
  const [editing, setEditing] = useState(false);
  const doubtful = entry.confidence !== null && entry.confidence < 0.9;
  return (
    <li className={entry.method === "reviewer" ? "corrected" : ""}>
      <div className="field-line">
        <button type="button" className="field-show" onClick={() => show(entry.box, entry.page)}>
          <span className="label">{label}</span>
          <span className="field-value">{entry.value}</span>
          {entry.raw && entry.raw !== entry.value && <span className="faint">{entry.raw}</span>}
        </button>
        <span className={doubtful ? "field-confidence doubtful" : "field-confidence faint"}>
          {entry.method === "reviewer"
            ? t("method.reviewer")
            : `${t(`method.${entry.method}`)} ${percent(entry.confidence)}`}
        </span>
        {may && entry.correctable && (
          <Tooltip title={t("fields.correct")}>
            <Button
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={`${t("fields.correct")} ${label}`}
              aria-expanded={editing}
              onClick={() => setEditing(!editing)}
            />
          </Tooltip>
        )}
      </div>
      {editing && (
        <CorrectForm
          packet={packet}
          document={document}
          entry={entry}
          close={() => setEditing(false)}
        />
      )}
    </li>
  );
}
