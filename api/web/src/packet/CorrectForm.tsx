import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { correctField, FINAL, getPacket, type Packet } from "../api/packets";
import { points } from "../app/figures";
import { useDraft } from "../app/draft";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { Wrong } from "../parts/States";
import type { Entry } from "./entries";

const PATIENCE_MS = 120_000;

/** Follows a packet until it is verified anew. */
async function verified(id: string): Promise<Packet> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const packet = await getPacket(id);
    if (FINAL.includes(packet.status) || Date.now() > end) return packet;
    await new Promise((done) => setTimeout(done, 500));
  }
}

interface Given {
  value: string;
  reason: string;
}

interface Props {
  packet: Packet;
  document: string;
  entry: Entry;
  close: () => void;
}

/** A value put in place of the one that was read: the old one is kept, the packet verified anew, the change of the score shown. */
export function CorrectForm({ packet, document, entry, close }: Props) {
  const { t } = useWords();
  const { notification } = useTold();
  const queries = useQueryClient();
  const [typed, type, drop] = useDraft<Given>(`correct/${packet.id}/${document}/${entry.path}`, {
    value: entry.value,
    reason: "",
  });
  const correct = useMutation({
    mutationFn: async (given: Given) => {
      await correctField(packet.id, { document, field: entry.path, ...given });
      return verified(packet.id);
    },
    onSuccess: (after) => {
      const scores = { before: points(packet.score), after: points(after.score) };
      if (after.status === "done")
        notification.success({
          title: t("fields.recomputed"),
          description: t("fields.score_change", scores),
          duration: 8,
        });
      else
        notification.warning({
          title: t("fields.not_recomputed"),
          description: t(`status.${after.status}`),
          duration: 8,
        });
      drop();
      close();
      queries.setQueryData(["packet", packet.id], after);
      void queries.invalidateQueries({ queryKey: ["case"] });
    },
  });
  return (
    <Form
      className="correct"
      layout="vertical"
      size="small"
      initialValues={typed}
      onValuesChange={(part: Partial<Given>) => type(part)}
      onFinish={(given: Given) => correct.mutate(given)}
      disabled={correct.isPending}
    >
      <div className="fields-row">
        <Form.Item name="value" label={t("fields.new")} rules={[{ required: true, max: 1000 }]}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t("word.reason")}
          rules={[{ required: true, max: 2000, message: t("judge.need_reason") }]}
        >
          <Input placeholder={t("fields.reason_example")} autoComplete="off" />
        </Form.Item>
      </div>
      {correct.error && <Wrong error={correct.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={correct.isPending}>
          {correct.isPending ? t("fields.recomputing") : t("fields.save")}
        </Button>
        <Button onClick={close}>{t("act.cancel")}</Button>
      </div>
    </Form>
  );
}
