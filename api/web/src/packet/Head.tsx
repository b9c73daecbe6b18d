import { DownOutlined, EyeOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Dropdown, Form, Input, Modal } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { FINAL, formUrl, listReports, type Packet } from "../api/packets";
import { money, moment, points } from "../app/figures";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { BandTag, Coverage, Score } from "../parts/Band";
import { Steps } from "../upload/Steps";
import { Progress } from "./Progress";
import { useView } from "./shown";

interface Props {
  packet: Packet;
  revision: number | undefined;
  reveal: (reason: string) => void;
  revealed: boolean;
}

export function Head({ packet, revision }: Pick<Props, "packet" | "revision">) {
  const { t, say } = useWords();
  const { report } = useView();
  const { risk, application } = report;
  return (
    <>
      <section className="panel packet-head" aria-label={t("packet.summary")}>
        <div className="big">
          <Score value={risk.score} band={risk.band} />
          <BandTag band={risk.band} />
        </div>
        <div className="verdict">
          <p title={say(risk.verdict ?? risk.reason)}>{say(risk.verdict ?? risk.reason)}</p>
          <Progress packet={packet} />
        </div>
        <dl className="facts">
          <Fact label={t("word.coverage")}>
            <Coverage share={risk.coverage} />
          </Fact>
          <Fact label={t("word.amount")}>
            <span className="figure">{money(packet.amount)}</span>
          </Fact>
          <Fact label={t("word.branch")}>{packet.branch || "—"}</Fact>
          <Fact label={t("word.uscc")}>{application.applicant.uscc || "—"}</Fact>
          <Fact label={t("word.as_of")}>{application.as_of}</Fact>
          <Fact label={t("word.revision")}>
            <Revisions packet={packet} revision={revision} />
          </Fact>
        </dl>
      </section>
      {revision && revision !== packet.revision && (
        <Alert
          type="info"
          showIcon
          title={t("packet.older", { revision })}
          action={<Link to={`/packets/${packet.id}`}>{t("packet.newest")}</Link>}
        />
      )}
      {!FINAL.includes(packet.status) && <Steps packet={packet} />}
    </>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="label">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Revisions({ packet, revision }: { packet: Packet; revision: number | undefined }) {
  const { lang } = useWords();
  const go = useNavigate();
  const heads = useQuery({
    queryKey: ["reports", packet.id, packet.revision, packet.status],
    queryFn: () => listReports(packet.id),
  });
  const all = heads.data ?? [];
  const now = revision ?? packet.revision;
  if (all.length < 2) return <span>{now}</span>;
  const items = all.map((h) => ({
    key: String(h.revision),
    label: `${h.revision} · ${points(h.score)} · ${moment(h.created_at, lang)}`,
    onClick: () => void go(`/packets/${packet.id}?revision=${h.revision}`),
  }));
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button size="small">
        {now} <DownOutlined />
      </Button>
    </Dropdown>
  );
}

export function Actions({ packet, revision, reveal, revealed }: Props) {
  const { t, lang } = useWords();
  const mayReveal = useMay("pii:reveal");
  const mayWrite = useMay("packets:write");
  const mayGraph = useMay("graph:read");
  const go = useNavigate();
  const [asking, setAsking] = useState(false);
  const forms = (["pdf", "xlsx", "html"] as const).map((form) => ({
    key: form,
    label: (
      <a
        href={formUrl(packet.id, form, lang, revision)}
        target={form === "html" ? "_blank" : undefined}
        rel="noreferrer"
      >
        {t(`form.${form}`)}
      </a>
    ),
  }));
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items: forms }}>
        <Button>
          {t("packet.forms")} <DownOutlined />
        </Button>
      </Dropdown>
      {mayReveal && !revealed && (
        <Button icon={<EyeOutlined />} onClick={() => setAsking(true)}>
          {t("packet.reveal")}
        </Button>
      )}
      {mayGraph && (
        <Button onClick={() => void go(`/graph?packet=${packet.id}`)}>{t("packet.graph")}</Button>
      )}
      {mayWrite && (
        <Button onClick={() => void go(`/upload/${packet.id}`)}>{t("packet.more_files")}</Button>
      )}
      <Modal
        open={asking}
        title={t("packet.reveal")}
        footer={null}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <Form<{ reason: string }>
          layout="vertical"
          onFinish={({ reason }) => {
            reveal(reason);
            setAsking(false);
          }}
        >
          <Form.Item
            name="reason"
            label={t("word.reason")}
            extra={t("packet.reveal_why")}
            rules={[{ required: true, max: 500, message: t("judge.need_reason") }]}
          >
            <Input.TextArea rows={2} autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {t("packet.reveal")}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
