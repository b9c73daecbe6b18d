import { useQuery } from "@tanstack/react-query";
import { Input, Table } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { listRules, type Rule } from "../api/administration";
import type { Severity } from "../api/report";
import { useWords } from "../app/language";
import { SeverityTag } from "../parts/Band";
import { Panel } from "../parts/Page";
import { Loaded, Nothing } from "../parts/States";
import { Prose } from "./Prose";

/** All rules with their pages: what each looks at, why, and what may innocently explain it. */
export function Rules() {
  const { t, lang, say } = useWords();
  const [search, setSearch] = useSearchParams();
  const [find, setFind] = useState("");
  const rules = useQuery({ queryKey: ["rules"], queryFn: listRules, staleTime: Infinity });
  const id = search.get("rule");
  return (
    <Loaded query={rules}>
      {(all) => {
        const chosen = all.find((r) => r.id === id);
        const rows = all.filter(
          (r) =>
            !find ||
            `${r.id} ${r.title.zh} ${r.title.en}`.toLowerCase().includes(find.toLowerCase()),
        );
        return (
          <div className="two rules">
            <Panel
              title={`${t("administration.rules")} ${all.length}`}
              extra={
                <Input
                  size="small"
                  allowClear
                  value={find}
                  onChange={(event) => setFind(event.target.value)}
                  placeholder={t("rules.find")}
                  aria-label={t("rules.find")}
                />
              }
            >
              <Table<Rule>
                size="small"
                rowKey="id"
                pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
                dataSource={rows}
                rowClassName={(r) => (r.id === id ? "at" : "")}
                columns={[
                  { title: t("word.rule"), dataIndex: "id", width: 80 },
                  {
                    title: t("rules.title"),
                    render: (_, r) => (
                      <button
                        type="button"
                        className="linkish"
                        onClick={() => setSearch({ rule: r.id })}
                      >
                        {say(r.title)}
                      </button>
                    ),
                  },
                  {
                    title: t("rules.severity"),
                    width: 90,
                    render: (_, r) => <SeverityTag severity={r.severity as Severity} />,
                  },
                ]}
              />
            </Panel>
            <Panel title={chosen ? `${chosen.id} ${say(chosen.title)}` : t("rules.page")}>
              {chosen ? <Prose text={chosen.page[lang]} /> : <Nothing>{t("rules.choose")}</Nothing>}
            </Panel>
          </div>
        );
      }}
    </Loaded>
  );
}
