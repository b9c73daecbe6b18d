import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef } from "react";
import { addImport, dropImport, listImports } from "../api/graph";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { useTold } from "../app/told";
import { Loaded, Wrong } from "../parts/States";
import { KeptList } from "./KeptList";

/** Tables of the bank's own that join the graph: guarantees, loans, shareholders, firms. */
export function Imports() {
  const { t, orRaw } = useWords();
  const { message } = useTold();
  const mayImport = useMay("graph:import");
  const queries = useQueryClient();
  const chosen = useRef<HTMLInputElement>(null);
  const list = useQuery({ queryKey: ["graph-imports"], queryFn: listImports });
  const again = () => queries.invalidateQueries({ queryKey: ["graph-imports"] });
  const add = useMutation({
    mutationFn: addImport,
    onSuccess: async (made) => {
      void message.success(t("imports.kept", { name: made.name }));
      await again();
    },
  });
  const drop = useMutation({ mutationFn: dropImport, onSuccess: again });
  const failed = add.error ?? drop.error;
  return (
    <div className="sheet">
      <p className="faint">{t("imports.what")}</p>
      {mayImport && (
        <div className="row">
          <Button
            size="small"
            type="primary"
            loading={add.isPending}
            onClick={() => chosen.current?.click()}
          >
            {t("imports.choose")}
          </Button>
          <input
            ref={chosen}
            type="file"
            hidden
            accept=".csv,.xlsx,.xls,.json,.jsonl"
            aria-label={t("imports.choose")}
            data-testid="import"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) add.mutate(file);
              event.target.value = "";
            }}
          />
        </div>
      )}
      {failed && <Wrong error={failed} />}
      <Loaded query={list}>
        {(items) => (
          <KeptList
            items={items}
            none={t("imports.none")}
            may={mayImport}
            sure={t("imports.drop_sure")}
            drop={drop.mutate}
          >
            {(table) => (
              <>
                <b>{table.name}</b>
                <span>
                  {Object.entries(table.relations)
                    .map(([kind, count]) => `${orRaw(`relation.${kind}`, kind)} ${count}`)
                    .join(" · ")}
                </span>
              </>
            )}
          </KeptList>
        )}
      </Loaded>
    </div>
  );
}
