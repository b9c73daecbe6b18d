import { useMutation } from "@tanstack/react-query";
import { Button, Modal, Select, Table } from "antd";
import { useState } from "react";
import { bulk, type Action, type BulkOutcome, type Case } from "../api/cases";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { useUsers } from "../app/people";
import { queries } from "../app/queries";
import { Wrong } from "../parts/States";

/** What would become of each chosen case is shown before it is done. */
export function Bulk({ ids, rows, done }: { ids: string[]; rows: Case[]; done: () => void }) {
  const { t, orRaw } = useWords();
  const { message } = useTold();
  const mayAssign = useMay("cases:decide");
  const users = useUsers();
  const [action, setAction] = useState<Action | null>(null);
  const [person, setPerson] = useState<string>();
  const preview = useMutation({ mutationFn: (act: Action) => bulk(ids, act, true, person) });
  const run = useMutation({
    mutationFn: () => bulk(ids, action ?? "claim", false, person),
    onSuccess: async () => {
      void message.success(t("queue.bulk_done"));
      setAction(null);
      done();
      await queries.invalidateQueries({ queryKey: ["cases"] });
    },
  });
  const begin = (act: Action) => {
    setAction(act);
    run.reset();
    preview.mutate(act);
  };
  const referenceOf = (id: string) => rows.find((r) => r.id === id)?.reference ?? id;
  return (
    <div className="bulk" role="region" aria-label={t("queue.bulk")}>
      <b>{t("queue.chosen", { count: ids.length })}</b>
      <Button size="small" onClick={() => begin("claim")}>
        {t("case_act.claim")}
      </Button>
      <Button size="small" onClick={() => begin("release")}>
        {t("case_act.release")}
      </Button>
      {mayAssign && (
        <>
          <Select
            size="small"
            className="select"
            value={person}
            onChange={setPerson}
            placeholder={t("word.assignee")}
            aria-label={t("queue.assign_to")}
            options={users.data
              ?.filter((u) => u.active)
              .map((u) => ({ value: u.id, label: u.name }))}
          />
          <Button size="small" disabled={!person} onClick={() => begin("assign")}>
            {t("case_act.assign")}
          </Button>
        </>
      )}
      <Button size="small" type="text" onClick={done}>
        {t("act.clear")}
      </Button>
      <Modal
        open={action !== null}
        title={t("queue.preview")}
        onCancel={() => setAction(null)}
        onOk={() => run.mutate()}
        okText={t("queue.do")}
        confirmLoading={run.isPending}
        okButtonProps={{ disabled: !preview.data }}
      >
        {(preview.error ?? run.error) && <Wrong error={preview.error ?? run.error} />}
        <Table<BulkOutcome>
          size="small"
          rowKey="id"
          pagination={false}
          scroll={{ y: 320 }}
          loading={preview.isPending}
          dataSource={preview.data?.items}
          columns={[
            { title: t("word.reference"), render: (_, o) => referenceOf(o.id) },
            { title: t("word.outcome"), render: (_, o) => orRaw(`bulk.${o.outcome}`, o.outcome) },
          ]}
        />
      </Modal>
    </div>
  );
}
