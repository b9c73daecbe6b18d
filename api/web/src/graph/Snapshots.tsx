import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Popconfirm } from "antd";
import { useState } from "react";
import { dropSnapshot, getSnapshot, keepSnapshot, listSnapshots } from "../api/graph";
import { moment } from "../app/figures";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { usePeople } from "../app/people";
import { Loaded, Wrong } from "../parts/States";
import { frozen, thawed } from "./drawn";
import type { Explorer } from "./useExplorer";

/** What is drawn, frozen as evidence under its digest; another person sees the same. */
export function Snapshots({ explorer, packet }: { explorer: Explorer; packet: string }) {
  const { t, lang } = useWords();
  const { message } = useTold();
  const mayWrite = useMay("graph:write");
  const nameOf = usePeople();
  const queries = useQueryClient();
  const { drawn, filter, act, asking } = explorer;
  const [name, setName] = useState("");
  const list = useQuery({ queryKey: ["snapshots"], queryFn: listSnapshots });
  const again = () => queries.invalidateQueries({ queryKey: ["snapshots"] });
  const keep = useMutation({
    mutationFn: () => keepSnapshot(name.trim(), packet, frozen(drawn, filter)),
    onSuccess: async (head) => {
      setName("");
      void message.success(t("graph.frozen", { digest: head.sha256.slice(0, 12) }));
      await again();
    },
  });
  const drop = useMutation({ mutationFn: dropSnapshot, onSuccess: again });
  const open = (id: string) =>
    asking(async () => {
      const snapshot = await getSnapshot(id);
      act(() => thawed(snapshot.body));
    });
  return (
    <div className="sheet">
      {mayWrite && (
        <div className="row">
          <Input size="small" value={name} maxLength={200} onChange={(event) => setName(event.target.value)} placeholder={t("graph.snapshot_name")} aria-label={t("graph.snapshot_name")} />
          <Button size="small" type="primary" disabled={!name.trim() || !drawn.entities.size} loading={keep.isPending} onClick={() => keep.mutate()}>
            {t("graph.freeze")}
          </Button>
        </div>
      )}
      {(keep.error ?? drop.error) && <Wrong error={keep.error ?? drop.error} />}
      <Loaded query={list}>
        {(items) => (
          <ul className="papers">
            {items.length === 0 && <li className="faint">{t("graph.no_snapshots")}</li>}
            {items.map((s) => (
              <li key={s.id}>
                <button type="button" className="linkish" onClick={() => void open(s.id)}>
                  {s.name}
                </button>
                <span className="faint">
                  {nameOf(s.made_by)} · {moment(s.made_at, lang)}
                </span>
                <code title={s.sha256}>sha256 {s.sha256.slice(0, 16)}…</code>
                {mayWrite && (
                  <Popconfirm title={t("graph.drop_sure")} onConfirm={() => drop.mutate(s.id)}>
                    <Button size="small" type="text" danger>
                      {t("act.remove")}
                    </Button>
                  </Popconfirm>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
