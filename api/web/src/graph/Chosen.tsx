import { Button, Input, Select } from "antd";
import { useState } from "react";
import { getPath, getStress, type Entity, type Relation } from "../api/graph";
import { money } from "../app/figures";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { Nothing } from "../parts/States";
import { added, noted, removed } from "./drawn";
import { Papers } from "./Papers";
import type { SideProps } from "./SideSheets";

/** What is known of the party or the tie in hand. */
export function Chosen(props: SideProps) {
  const { t } = useWords();
  const { drawn, chosen } = props.explorer;
  const entity = chosen ? drawn.entities.get(chosen) : undefined;
  const relation = chosen ? drawn.relations.get(chosen) : undefined;
  return (
    <div className="sheet">
      {entity && <Party key={entity.id} entity={entity} {...props} />}
      {relation && <Tie relation={relation} {...props} />}
      {!entity && !relation && <Nothing>{t("graph.choose")}</Nothing>}
    </div>
  );
}

function Tie({ relation, explorer }: SideProps & { relation: Relation }) {
  const { t, orRaw } = useWords();
  const name = (id: string) => explorer.drawn.entities.get(id)?.name ?? id;
  const facts: [string, string][] = [
    [t("graph.amount"), relation.amount ? money(relation.amount) : ""],
    [t("graph.share"), relation.share ? `${relation.share}%` : ""],
    [t("graph.contract"), relation.contract],
    [t("graph.mode"), relation.mode],
    [t("graph.since"), relation.start ?? ""],
    [t("graph.until"), relation.end ?? ""],
  ];
  return (
    <>
      <h2>{orRaw(`relation.${relation.kind}`, relation.kind)}</h2>
      <p>
        <button
          type="button"
          className="linkish"
          onClick={() => explorer.setChosen(relation.source)}
        >
          {name(relation.source)}
        </button>{" "}
        →{" "}
        <button
          type="button"
          className="linkish"
          onClick={() => explorer.setChosen(relation.target)}
        >
          {name(relation.target)}
        </button>
      </p>
      <Facts facts={facts} />
      <h3>{t("graph.proof")}</h3>
      <Papers places={relation.places} />
      {relation.places_left_out > 0 && (
        <p className="faint">{t("graph.more_papers", { count: relation.places_left_out })}</p>
      )}
    </>
  );
}

function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt className="label">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Party({ entity, explorer, pin, focus, setMarks }: SideProps & { entity: Entity }) {
  const { t, orRaw } = useWords();
  const { message } = useTold();
  const { drawn, act, expand, asking } = explorer;
  const [note, setNote] = useState(drawn.notes.get(entity.id) ?? "");
  const [other, setOther] = useState<string>();
  const ties = [...drawn.relations.values()].filter(
    (r) => r.source === entity.id || r.target === entity.id,
  );
  const path = (to: string) =>
    asking(async () => {
      const found = await getPath(entity.id, to);
      if (!found.steps) return void message.info(t("graph.no_path"));
      act((d) => added(d, found));
      void message.success(t("graph.path_length", { count: found.steps.length }));
    });
  const stress = () =>
    asking(async () => {
      const found = await getStress(entity.id);
      setMarks({
        failed: new Map(
          found.rounds.flatMap((round, n) => round.map((id): [string, number] => [id, n])),
        ),
        released: new Set(),
      });
      act((d) => added(d, { entities: found.entities, relations: [] }));
      void message.info(
        t("graph.stress_found", { count: Math.max(0, found.rounds.flat().length - 1) }),
      );
    });
  return (
    <>
      <h2>{entity.name}</h2>
      <Facts
        facts={[
          [t("word.kind"), orRaw(`entity.${entity.kind}`, entity.kind)],
          [t("word.uscc"), entity.code],
          [t("graph.net_assets"), entity.net_assets ? money(entity.net_assets.value) : ""],
          [t("graph.spellings"), entity.names.length > 1 ? entity.names.join("、") : ""],
        ]}
      />
      <div className="row wrap">
        <Button size="small" type="primary" onClick={() => void expand(entity.id)}>
          {t("graph.expand")}
        </Button>
        <Button size="small" onClick={() => focus(entity.id)}>
          {t("graph.focus")}
        </Button>
        <Button
          size="small"
          aria-pressed={drawn.pinned.has(entity.id)}
          onClick={() => pin(entity.id)}
        >
          {t(drawn.pinned.has(entity.id) ? "graph.unpin" : "graph.pin")}
        </Button>
        <Button size="small" onClick={() => void stress()}>
          {t("graph.stress")}
        </Button>
        <Button size="small" onClick={() => act((d) => removed(d, entity.id))}>
          {t("graph.hide")}
        </Button>
      </div>
      <h3>{t("graph.path_to")}</h3>
      <div className="row">
        <Select
          size="small"
          className="grow"
          showSearch={{ optionFilterProp: "label" }}
          value={other}
          onChange={setOther}
          aria-label={t("graph.path_to")}
          options={[...drawn.entities.values()]
            .filter((e) => e.id !== entity.id)
            .map((e) => ({ value: e.id, label: e.name }))}
        />
        <Button size="small" disabled={!other} onClick={() => other && void path(other)}>
          {t("graph.path")}
        </Button>
      </div>
      <h3>{t("graph.note")}</h3>
      <Input.TextArea
        rows={2}
        maxLength={200}
        value={note}
        aria-label={t("graph.note")}
        onChange={(event) => setNote(event.target.value)}
        onBlur={() =>
          note !== (drawn.notes.get(entity.id) ?? "") &&
          act((d) => noted(d, entity.id, note.trim()))
        }
      />
      <h3>{t("graph.relations")}</h3>
      <ul className="ties">
        {ties.map((r) => (
          <li key={r.id}>
            <button type="button" className="linkish" onClick={() => explorer.setChosen(r.id)}>
              {orRaw(`relation.${r.kind}`, r.kind)} {r.source === entity.id ? "→" : "←"}{" "}
              {drawn.entities.get(r.source === entity.id ? r.target : r.source)?.name}{" "}
              {r.amount ? money(r.amount) : ""}
            </button>
          </li>
        ))}
      </ul>
      {entity.joins.length > 0 && (
        <>
          <h3>{t("graph.joins")}</h3>
          {entity.joins.map((j) => (
            <div key={j.one + j.other}>
              <p>
                {j.one} = {j.other} <span className="faint">{orRaw(`join.${j.by}`, j.by)}</span>
              </p>
              <Papers places={j.places} />
            </div>
          ))}
        </>
      )}
    </>
  );
}
