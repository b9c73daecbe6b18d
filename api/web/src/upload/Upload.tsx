import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import "dayjs/locale/zh-cn"; // months and days of the week of the date picker
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, taken } from "../api/client";
import { createPacket, FINAL, getPacket, submitPacket, type Packet } from "../api/packets";
import { useWords } from "../app/language";
import { useReport } from "../api/useReport";
import { Page, Panel } from "../parts/Page";
import { Loaded, Wrong } from "../parts/States";
import { Drop } from "./Drop";
import { FileList } from "./FileList";
import { Recognised } from "./Recognised";
import { Steps } from "./Steps";
import { useUploads } from "./useUploads";

interface Given {
  reference: string;
  branch?: string;
  amount?: string;
  asOf?: Dayjs | null;
  password?: string;
}

const MONEY = /^\d{1,15}(\.\d{1,2})?$/;

export function Upload() {
  const { t } = useWords();
  const { packet: id } = useParams();
  const packet = useQuery({
    queryKey: ["packet", id],
    queryFn: () => getPacket(id ?? ""),
    enabled: Boolean(id),
  });
  return (
    <Page
      title={packet.data ? t("upload.of", { reference: packet.data.reference }) : t("upload.title")}
    >
      {id ? (
        <Loaded query={packet}>{(data) => <Filling key={data.id} packet={data} />}</Loaded>
      ) : (
        <Filling packet={null} />
      )}
    </Page>
  );
}

/** The form and the files of a new packet, or of one that is there. */
function Filling({ packet: known }: { packet: Packet | null }) {
  const { t } = useWords();
  const [made, setMade] = useState<Packet | null>(null); // its files have not all arrived: the next try is of the same packet
  const packet = known ?? made;
  const go = useNavigate();
  const queries = useQueryClient();
  const limits = useQuery({
    queryKey: ["limits"],
    queryFn: async () => taken(await api.GET("/v1/limits")),
    staleTime: Infinity,
  });
  const uploads = useUploads(limits.data?.packet_bytes ?? 0);
  const start = useMutation({
    mutationFn: async (given: Given) => {
      const { reference, branch = "", amount = "" } = given;
      const made = packet ?? (await createPacket({ reference, branch, amount }));
      queries.setQueryData(["packet", made.id], made);
      const all = await uploads.send(made.id, given.password ?? "");
      if (!all) return setMade(made);
      await submitPacket(made.id, given.asOf ? given.asOf.format("YYYY-MM-DD") : null);
      await queries.invalidateQueries({ queryKey: ["packet", made.id] });
      await go(`/upload/${made.id}`, { replace: true });
    },
  });
  const busy = start.isPending || packet?.status === "queued" || packet?.status === "running";
  return (
    <>
      <div className="two upload-top">
        <Panel title={t("upload.files")}>
          <Drop add={uploads.add} disabled={busy} />
          {uploads.items.length > 0 && <FileList items={uploads.items} remove={uploads.remove} />}
          {packet && uploads.items.length === 0 && <Kept packet={packet} />}
        </Panel>
        <Panel title={t("upload.about")}>
          <About
            packet={packet}
            busy={busy}
            ready={uploads.items.length > 0 || Boolean(packet?.files.length)}
            go={start.mutate}
            error={start.error}
          />
        </Panel>
      </div>
      {packet && packet.revision > 0 && <Steps packet={packet} />}
      {packet && packet.score !== null && FINAL.includes(packet.status) && (
        <Found packet={packet} />
      )}
    </>
  );
}

function Kept({ packet }: { packet: Packet }) {
  const { t } = useWords();
  return (
    <ul className="files" aria-label={t("upload.kept")}>
      {packet.files.map((f) => (
        <li key={f.id}>
          <span className="file-name">{f.name}</span>
          <span />
          <span className="good">{t("upload.sent")}</span>
          <span />
        </li>
      ))}
    </ul>
  );
}

function Found({ packet }: { packet: Packet }) {
  const report = useReport(packet);
  return <Loaded query={report}>{(data) => <Recognised packet={packet} report={data} />}</Loaded>;
}

interface AboutProps {
  packet: Packet | null;
  busy: boolean;
  ready: boolean;
  go: (given: Given) => void;
  error: unknown;
}

function About({ packet, busy, ready, go, error }: AboutProps) {
  const { t } = useWords();
  const first = packet
    ? { reference: packet.reference, branch: packet.branch, amount: packet.amount }
    : {};
  return (
    <Form<Given> layout="vertical" onFinish={go} disabled={busy} initialValues={first}>
      <Form.Item
        name="reference"
        label={t("word.reference")}
        extra={t("upload.reference_why")}
        rules={[{ required: true, max: 100, message: t("upload.need_reference") }]}
      >
        <Input disabled={Boolean(packet) || busy} autoComplete="off" />
      </Form.Item>
      <div className="fields-row">
        <Form.Item name="branch" label={t("word.branch")}>
          <Input disabled={Boolean(packet) || busy} maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="amount"
          label={t("word.amount")}
          rules={[{ pattern: MONEY, message: t("upload.bad_amount") }]}
        >
          <Input disabled={Boolean(packet) || busy} inputMode="decimal" autoComplete="off" />
        </Form.Item>
      </div>
      <div className="fields-row">
        <Form.Item name="asOf" label={t("word.as_of")} extra={t("upload.as_of_why")}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="password" label={t("upload.password")} extra={t("upload.password_why")}>
          <Input.Password autoComplete="off" />
        </Form.Item>
      </div>
      {error !== null && error !== undefined && (
        <Form.Item>
          <Wrong error={error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={busy} disabled={!ready || busy}>
        {packet ? t("upload.again") : t("upload.start")}
      </Button>
    </Form>
  );
}
