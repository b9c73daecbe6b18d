import { useInfiniteQuery } from "@tanstack/react-query";
import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { listCases, tableUrl, type Case, type CaseFilter } from "../api/cases";
import { useWords } from "../app/language";
import { useMay } from "../app/me";
import { focusOn } from "../keyboard/focus";
import { useKeys } from "../keyboard/Keys";
import { Page, Panel } from "../parts/Page";
import { Loaded, Loading } from "../parts/States";
import { CaseTable } from "./CaseTable";
import { Filters } from "./Filters";
import { filterOf, rememberQueue, searchOf } from "./filters";
import { useNextCase } from "./useNextCase";
import { Views } from "./Views";

const FirstVisit = lazy(async () => ({ default: (await import("./FirstVisit")).FirstVisit }));
const Bulk = lazy(async () => ({ default: (await import("./Bulk")).Bulk }));

export function Queue() {
  const { t, lang } = useWords();
  const go = useNavigate();
  const mayWork = useMay("cases:work");
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<string[]>([]);
  const list = useInfiniteQuery({
    queryKey: ["cases", filter],
    queryFn: ({ pageParam }) => listCases({ order: "score", ...filter }, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: (query) => 15_000 * Math.max(1, query.state.data?.pages.length ?? 0), // each page is asked for again: so many cost no more
  });
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  const claim = useNextCase();
  const change = (next: CaseFilter) => setSearch(searchOf(next), { replace: true });
  useEffect(() => rememberQueue(filterOf(search)), [search]);
  const open = (row: Case | undefined) => row && void go(`/packets/${row.packet_id}`);
  const toggle = (row: Case | undefined) =>
    row &&
    setChosen((all) => (all.includes(row.id) ? all.filter((i) => i !== row.id) : [...all, row.id]));
  const step = (by: 1 | -1) => {
    setAt((n) => Math.max(0, Math.min(rows.length - 1, n + by)));
    focusOn("tr.at a", true);
  };
  useKeys([
    { keys: "j", label: t("keys.next"), act: () => step(1) },
    { keys: "k", label: t("keys.previous"), act: () => step(-1) },
    { keys: "o", label: t("keys.open"), act: () => open(rows[at]) },
    { keys: "x", label: t("keys.choose"), act: () => toggle(rows[at]) },
    ...(mayWork ? [{ keys: "n", label: t("queue.next"), act: () => claim.mutate() }] : []),
    {
      keys: "/",
      label: t("queue.find"),
      act: () =>
        document.querySelector<HTMLInputElement>("#queue-find input, input#queue-find")?.focus(),
    },
  ]);
  return (
    <Page
      title={t("nav.cases")}
      extra={
        <>
          <Button icon={<DownloadOutlined />} href={tableUrl(filter, lang)} download>
            {t("queue.table")}
          </Button>
          {mayWork && (
            <Button type="primary" loading={claim.isPending} onClick={() => claim.mutate()}>
              {t("queue.next")}
            </Button>
          )}
        </>
      }
    >
      {list.data && (
        <Suspense>
          <FirstVisit cases={rows} />
        </Suspense>
      )}
      <Views view={filter.view} change={(view) => change({ ...filter, view })} />
      <Filters filter={filter} change={change} />
      <Panel>
        {chosen.length > 0 && (
          <Suspense fallback={<Loading />}>
            <Bulk ids={chosen} rows={rows} done={() => setChosen([])} />
          </Suspense>
        )}
        <Loaded query={list}>
          {() => (
            <CaseTable
              rows={rows}
              at={at}
              chosen={chosen}
              choose={setChosen}
              open={open}
              order={filter.order ?? "score"}
              sort={(order) => change({ ...filter, order })}
            />
          )}
        </Loaded>
        {list.hasNextPage && (
          <Button
            className="more"
            onClick={() => void list.fetchNextPage()}
            loading={list.isFetchingNextPage}
          >
            {t("act.more")}
          </Button>
        )}
      </Panel>
    </Page>
  );
}
