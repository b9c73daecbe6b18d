import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, InputNumber, Table } from "antd";
import { useState } from "react";
import {
  activatePolicy,
  activePolicy,
  backTest,
  draftPolicy,
  getPolicy,
  listPolicies,
  type Policy,
  type PolicyHead,
} from "../api/administration";
import { moment } from "../app/figures";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { usePeople } from "../app/people";
import { Panel } from "../parts/Page";
import { Loaded, Wrong } from "../parts/States";
import { Trial } from "./Trial";
import { changedFrom, figuresOf, type BackTest } from "./policy";

const TRIED = 50;

/** The policy in force, drafts of another, their trial on past packets, and putting one into force. */
export function Policies() {
  const { t, lang } = useWords();
  const nameOf = usePeople();
  const [open, setOpen] = useState<string | null>(null);
  const active = useQuery({ queryKey: ["policies", "active"], queryFn: activePolicy });
  const list = useQuery({ queryKey: ["policies"], queryFn: listPolicies });
  return (
    <>
      <Panel title={t("policy.all")}>
        <Loaded query={list}>
          {(rows) => (
            <Table<PolicyHead>
              size="small"
              rowKey="id"
              pagination={false}
              dataSource={rows}
              locale={{ emptyText: t("policy.shipped", { version: active.data?.version ?? "" }) }}
              rowClassName={(p) => (p.id === open ? "at" : "")}
              columns={[
                {
                  title: t("policy.version"),
                  render: (_, p) => (
                    <button type="button" className="linkish" onClick={() => setOpen(p.id)}>
                      {p.version}
                    </button>
                  ),
                },
                { title: t("word.state"), render: (_, p) => t(`policy.${p.state}`) },
                {
                  title: t("policy.tried"),
                  render: (_, p) => t(p.back_tested ? "policy.yes" : "policy.no"),
                },
                {
                  title: t("policy.by"),
                  render: (_, p) => `${nameOf(p.made_by)} · ${moment(p.made_at, lang)}`,
                },
                {
                  title: t("policy.activated"),
                  render: (_, p) =>
                    p.activated_at
                      ? `${nameOf(p.activated_by)} · ${moment(p.activated_at, lang)}`
                      : "—",
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      {open && <One id={open} />}
      <Loaded query={active}>
        {(data) => <Draft key={data.version} active={data} made={setOpen} />}
      </Loaded>
    </>
  );
}

function One({ id }: { id: string }) {
  const { t } = useWords();
  const { message } = useTold();
  const queries = useQueryClient();
  const may = useMay("policy:write");
  const found = useQuery({ queryKey: ["policies", id], queryFn: () => getPolicy(id) });
  const done = () => queries.invalidateQueries({ queryKey: ["policies"] });
  const trial = useMutation({ mutationFn: () => backTest(id, TRIED), onSuccess: done });
  const activate = useMutation({
    mutationFn: () => activatePolicy(id),
    onSuccess: async () => {
      void message.success(t("policy.in_force"));
      await done();
    },
  });
  return (
    <Loaded query={found}>
      {(policy) => (
        <Panel
          title={`${policy.version} · ${t(`policy.${policy.state}`)}`}
          extra={
            may &&
            policy.state === "draft" && (
              <>
                <Button loading={trial.isPending} onClick={() => trial.mutate()}>
                  {t("policy.try", { count: TRIED })}
                </Button>
                <Button
                  type="primary"
                  disabled={!policy.back_tested}
                  loading={activate.isPending}
                  onClick={() => activate.mutate()}
                >
                  {t("policy.activate")}
                </Button>
              </>
            )
          }
        >
          {(trial.error ?? activate.error) && <Wrong error={trial.error ?? activate.error} />}
          {policy.back_tested ? (
            <Trial trial={policy.back_test as BackTest} />
          ) : (
            <p className="faint">{t("policy.untried")}</p>
          )}
        </Panel>
      )}
    </Loaded>
  );
}

function Draft({ active, made }: { active: Policy; made: (id: string) => void }) {
  const { t } = useWords();
  const may = useMay("policy:write");
  const queries = useQueryClient();
  const [find, setFind] = useState("");
  const [wanted, setWanted] = useState<Record<string, number | null>>({});
  const figures = figuresOf(active.body);
  const changes = changedFrom(figures, wanted);
  const count = Object.keys(changes).length;
  const draft = useMutation({
    mutationFn: () => draftPolicy(changes),
    onSuccess: async (policy) => {
      setWanted({});
      made(policy.id);
      await queries.invalidateQueries({ queryKey: ["policies"] });
    },
  });
  return (
    <Panel
      title={t("policy.of_force", { version: active.version })}
      extra={
        <>
          <Input
            size="small"
            allowClear
            value={find}
            onChange={(event) => setFind(event.target.value)}
            placeholder={t("policy.find")}
            aria-label={t("policy.find")}
          />
          {may && (
            <Button
              type="primary"
              size="small"
              disabled={!count}
              loading={draft.isPending}
              onClick={() => draft.mutate()}
            >
              {t("policy.draft_of", { count })}
            </Button>
          )}
        </>
      }
    >
      {draft.error && <Wrong error={draft.error} />}
      <Table
        size="small"
        rowKey={([path]) => path}
        pagination={{ pageSize: 15, showSizeChanger: false, hideOnSinglePage: true }}
        dataSource={figures.filter(
          ([path]) => !find || path.toLowerCase().includes(find.toLowerCase()),
        )}
        rowClassName={([path]) => (path in changes ? "at" : "")}
        columns={[
          { title: t("policy.path"), render: (_, [path]) => <code>{path}</code> },
          {
            title: t("policy.now"),
            align: "right",
            render: (_, [, value]) => <span className="figure">{value}</span>,
          },
          {
            title: t("policy.wanted"),
            width: 160,
            render: (_, [path, value]) =>
              may && (
                <InputNumber
                  size="small"
                  value={wanted[path] ?? value}
                  aria-label={path}
                  onChange={(v) => setWanted({ ...wanted, [path]: v })}
                />
              ),
          },
        ]}
      />
    </Panel>
  );
}
