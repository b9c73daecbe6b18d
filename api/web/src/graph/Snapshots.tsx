import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { dropSnapshot, getSnapshot, keepSnapshot, listSnapshots } from "../api/graph";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { Loaded, Wrong } from "../parts/States";
import { frozen, thawed } from "./drawn";
import { KeptList } from "./KeptList";
import type { Explorer } from "./useExplorer";

/** What is drawn, frozen as evidence under its digest; another person sees the same. */
export function Snapshots({ explorer, packet }: { explorer: Explorer; packet: string }) {
  const { t } = useWords();
  const { message } = useTold();
  const mayWrite = useMay("graph:write");
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
          <Input
            size="small"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
            placeholder={t("graph.snapshot_name")}
            aria-label={t("graph.snapshot_name")}
          />
          <Button
            size="small"
            type="primary"
            disabled={!name.trim() || !drawn.entities.size}
            loading={keep.isPending}
            onClick={() => keep.mutate()}
          >
            {t("graph.freeze")}
          </Button>
        </div>
      )}
      {(keep.error ?? drop.error) && <Wrong error={keep.error ?? drop.error} />}
      <Loaded query={list}>
        {(items) => (
          <KeptList
            items={items}
            none={t("graph.no_snapshots")}
            may={mayWrite}
            sure={t("graph.drop_sure")}
            drop={drop.mutate}
          >
            {(snapshot) => (
              <button type="button" className="linkish" onClick={() => void open(snapshot.id)}>
                {snapshot.name}
              </button>
            )}
          </KeptList>
        )}
      </Loaded>
    </div>
  );
}
