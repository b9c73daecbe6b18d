import { Table } from "antd";
import type { Entity, Relation } from "../api/graph";
import { money } from "../app/figures";
import { useWords } from "../app/language";
import type { Seen } from "./drawn";

/** All that the picture shows, as tables. */
export function Twin({
  shown,
  chosen,
  choose,
}: {
  shown: Seen;
  chosen: string | null;
  choose: (id: string) => void;
}) {
  const { t, orRaw } = useWords();
  const nameOf = new Map(shown.entities.map((e) => [e.id, e.name]));
  const pick = (id: string, text: string) => (
    <button
      type="button"
      className="linkish"
      aria-pressed={chosen === id}
      onClick={() => choose(id)}
    >
      {text}
    </button>
  );
  const lit = (row: { id: string }) => (row.id === chosen ? "at" : "");
  return (
    <div className="twin">
      <h2>{t("graph.relations")}</h2>
      <Table<Relation>
        size="small"
        rowKey="id"
        rowClassName={lit}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={shown.relations}
        columns={[
          {
            title: t("word.kind"),
            render: (_, r) => pick(r.id, orRaw(`relation.${r.kind}`, r.kind)),
          },
          {
            title: t("graph.from"),
            render: (_, r) => pick(r.source, nameOf.get(r.source) ?? r.source),
          },
          {
            title: t("graph.to"),
            render: (_, r) => pick(r.target, nameOf.get(r.target) ?? r.target),
          },
          {
            title: t("graph.amount"),
            align: "right",
            render: (_, r) => (
              <span className="figure">
                {r.amount ? money(r.amount) : r.share ? `${r.share}%` : "—"}
              </span>
            ),
          },
          { title: t("graph.since"), render: (_, r) => r.start ?? "—" },
          { title: t("graph.until"), render: (_, r) => r.end ?? "—" },
          {
            title: t("graph.papers"),
            align: "right",
            render: (_, r) => r.places.length + r.places_left_out,
          },
        ]}
      />
      <h2>{t("graph.entities")}</h2>
      <Table<Entity>
        size="small"
        rowKey="id"
        rowClassName={lit}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={shown.entities}
        columns={[
          { title: t("word.name"), render: (_, e) => pick(e.id, e.name) },
          { title: t("word.kind"), render: (_, e) => orRaw(`entity.${e.kind}`, e.kind) },
          { title: t("word.uscc"), render: (_, e) => e.code || "—" },
          {
            title: t("graph.ties_count"),
            align: "right",
            render: (_, e) =>
              shown.relations.filter((r) => r.source === e.id || r.target === e.id).length,
          },
        ]}
      />
    </div>
  );
}
