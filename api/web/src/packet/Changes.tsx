import { useQuery } from "@tanstack/react-query";
import { Select, Table } from "antd";
import { useState } from "react";
import {
  getCorrections,
  getDifference,
  listReports,
  type Correction,
  type Difference,
  type Packet,
} from "../api/packets";
import { moment, points } from "../app/figures";
import { useWords } from "../app/language";
import { BandTag } from "../parts/Band";
import { Loaded, Nothing } from "../parts/States";
import { labelOfPath } from "./entries";
import { useView } from "./shown";

/** What changed from one revision to another, and what people put in place of what was read. */
export function Changes({ packet }: { packet: Packet }) {
  const { t, lang, orRaw } = useWords();
  const corrections = useQuery({
    queryKey: ["corrections", packet.id, packet.revision],
    queryFn: () => getCorrections(packet.id),
  });
  const heads = useQuery({
    queryKey: ["reports", packet.id, packet.revision, packet.status],
    queryFn: () => listReports(packet.id),
  });
  const revisions = (heads.data ?? []).map((h) => h.revision).sort((a, b) => a - b);
  const [chosen, setChosen] = useState<[number, number] | null>(null);
  const pair =
    chosen ??
    (revisions.length > 1 ? ([revisions.at(-2), revisions.at(-1)] as [number, number]) : null);
  const options = revisions.map((r) => ({
    value: r,
    label: t("changes.revision", { revision: r }),
  }));
  return (
    <div className="sheet">
      <h2>{t("changes.between")}</h2>
      {pair ? (
        <>
          <div className="row">
            <Select
              size="small"
              value={pair[0]}
              options={options}
              onChange={(v) => setChosen([v, pair[1]])}
              aria-label={t("changes.before")}
            />
            <span>→</span>
            <Select
              size="small"
              value={pair[1]}
              options={options}
              onChange={(v) => setChosen([pair[0], v])}
              aria-label={t("changes.after")}
            />
          </div>
          <Between packet={packet.id} before={pair[0]} after={pair[1]} />
        </>
      ) : (
        <p className="faint">{t("changes.one_revision")}</p>
      )}
      <h2>{t("changes.corrections")}</h2>
      <Loaded query={corrections}>
        {(items) =>
          items.length === 0 ? (
            <p className="faint">{t("changes.no_corrections")}</p>
          ) : (
            <Table<Correction>
              size="small"
              rowKey="id"
              pagination={false}
              dataSource={items}
              columns={[
                { title: t("word.field"), render: (_, c) => labelOfPath(c.field, orRaw) },
                { title: t("fields.old"), render: (_, c) => <s>{c.old_value}</s> },
                { title: t("fields.new"), dataIndex: "value" },
                { title: t("word.reason"), dataIndex: "reason" },
                { title: t("word.time"), render: (_, c) => moment(c.made_at, lang) },
              ]}
            />
          )
        }
      </Loaded>
    </div>
  );
}

function Between({ packet, before, after }: { packet: string; before: number; after: number }) {
  const found = useQuery({
    queryKey: ["difference", packet, before, after],
    queryFn: () => getDifference(packet, before, after),
  });
  return <Loaded query={found}>{(data) => <Told difference={data} />}</Loaded>;
}

function Told({ difference }: { difference: Difference }) {
  const { t, say, orRaw } = useWords();
  const { act, documents } = useView();
  const { risk, findings, values } = difference;
  const nothing =
    !findings.gone.length && !findings.new.length && !values.length && risk.points === 0;
  if (nothing) return <Nothing>{t("changes.nothing")}</Nothing>;
  return (
    <div className="changes">
      <p>
        {t("word.score")} <b className="figure">{points(risk.before.score)}</b> →{" "}
        <b className="figure">{points(risk.after.score)}</b> <BandTag band={risk.after.band} />
      </p>
      {findings.gone.map((f) => (
        <p key={f.fingerprint} className="gone">
          − {t("changes.gone")} {say(f.message)}
        </p>
      ))}
      {findings.new.map((f) => (
        <p key={f.fingerprint} className="new">
          + {t("changes.new")} {say(f.message)}
        </p>
      ))}
      {values.map((v) => {
        const paper = documents.get(v.document);
        return (
          <p key={v.document + v.path}>
            <button
              type="button"
              className="linkish"
              disabled={!paper}
              onClick={() =>
                paper &&
                act({ kind: "look", place: { document: v.document, page: paper.pages[0] } })
              }
            >
              {orRaw(`paper.${v.type}`, v.type)} · {labelOfPath(v.path, orRaw)}
            </button>{" "}
            <s>{v.before?.value ?? "—"}</s> → <b>{v.after?.value ?? "—"}</b>
          </p>
        );
      })}
    </div>
  );
}
