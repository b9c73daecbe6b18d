import { Table } from "antd";
import { Link } from "react-router";
import type { Packet } from "../api/packets";
import type { PaperDocument, Report } from "../api/report";
import { useWords } from "../app/language";
import { BandTag, Coverage, Score } from "../parts/Band";
import { Panel } from "../parts/Page";

/** What was recognised, what is missing, and what to ask for next. */
export function Recognised({ packet, report }: { packet: Packet; report: Report }) {
  const { t, say, orRaw } = useWords();
  const unread = report.documents.filter(
    (d) => d.status === "unreadable" || d.status === "unsupported",
  );
  return (
    <>
      <Panel
        title={t("upload.result")}
        extra={
          <Link to={`/packets/${packet.id}`} className="button-like">
            {t("upload.open")}
          </Link>
        }
      >
        <div className="facts">
          <div>
            <span className="label">{t("word.score")}</span>
            <Score value={report.risk.score} band={report.risk.band} />
          </div>
          <div>
            <span className="label">{t("word.band")}</span>
            <BandTag band={report.risk.band} />
          </div>
          <div>
            <span className="label">{t("word.coverage")}</span>
            <Coverage share={report.risk.coverage} />
          </div>
          <div>
            <span className="label">{t("word.findings")}</span>
            <b>{report.findings.length}</b>
          </div>
        </div>
      </Panel>
      <div className="two">
        <Panel title={`${t("upload.recognised")} (${report.documents.length})`}>
          <Table<PaperDocument>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={report.documents}
            columns={[
              { title: t("word.paper"), render: (_, d) => orRaw(`paper.${d.type}`, d.type) },
              { title: t("word.file"), dataIndex: "file", ellipsis: true },
              { title: t("word.pages"), render: (_, d) => d.pages.join(", "), width: 90 },
              {
                title: t("word.state"),
                render: (_, d) => (
                  <span className={`read-${d.status}`}>{t(`read.${d.status}`)}</span>
                ),
                width: 100,
              },
            ]}
          />
        </Panel>
        <div>
          <Panel title={t("upload.next")}>
            {report.next_papers.length === 0 && (
              <p className="good">{t("upload.nothing_missing")}</p>
            )}
            <ul className="asks">
              {report.next_papers.map((paper, n) => (
                <li key={`${paper.type} ${n}`}>
                  <b>{orRaw(`paper.${paper.type}`, paper.type)}</b>
                  <span>{say(paper.why)}</span>
                </li>
              ))}
            </ul>
          </Panel>
          {(unread.length > 0 || report.failures.length > 0) && (
            <Panel title={t("upload.unread")}>
              <ul className="asks">
                {unread.map((d) => (
                  <li key={d.id}>
                    <b>{d.file}</b>
                    <span>
                      {d.failures.map((f) => say({ zh: f.message_zh, en: f.message })).join(" ")}
                    </span>
                  </li>
                ))}
                {report.failures.map((f) => (
                  <li key={f.file + f.code}>
                    <b>{f.file}</b>
                    <span>{say({ zh: f.message_zh, en: f.message })}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}
