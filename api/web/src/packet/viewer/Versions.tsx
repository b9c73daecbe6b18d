import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { getFileRevisions, listReports } from "../../api/packets";
import { moment, size } from "../../app/figures";
import { useWords } from "../../app/language";
import { useView, type Version } from "../shown";
import { besideOf } from "./beside";

const OTHER = "other";
const valueOf = (version: Version | undefined) =>
  version ? `${version.kind}/${version.number}` : OTHER;

/** What stands on the right: another paper, an earlier save of the file on the left, or a paper as an earlier report read it. */
export function Versions() {
  const { t, lang } = useWords();
  const { packet, report, revision, shown, act } = useView();
  const [left, right] = shown.panes;
  const heads = useQuery({
    queryKey: ["reports", packet.id, packet.revision, packet.status],
    queryFn: () => listReports(packet.id),
  });
  const saves = useQuery({
    queryKey: ["file-revisions", packet.id, left.document],
    queryFn: () => getFileRevisions(packet.id, left.document),
    staleTime: Infinity,
    retry: false,
  });
  const now = revision ?? packet.revision;
  const files = (saves.data ?? []).map((r) => ({
    value: valueOf({ kind: "file", number: r.number }),
    label: t("compare.save", { n: r.number, size: size(r.size) }),
  }));
  const reports = (heads.data ?? [])
    .filter((h) => h.revision !== now)
    .map((h) => ({
      value: valueOf({ kind: "report", number: h.revision }),
      label: `${t("changes.revision", { revision: h.revision })} · ${moment(h.created_at, lang)}`,
    }));
  const groups = [
    { label: t("compare.saves"), title: t("compare.saves"), options: files },
    { label: t("compare.reports"), title: t("compare.reports"), options: reports },
  ].filter((g) => g.options.length > 0);
  const choose = (value: string) => {
    const [kind, number] = value.split("/");
    const place = {
      document: left.document,
      page: left.page,
      version: { kind: kind as Version["kind"], number: Number(number) },
    };
    act({ kind: "side", place: value === OTHER ? besideOf(report, shown.finding, left) : place });
  };
  return (
    <Select
      size="small"
      className="compare-choice"
      value={valueOf(right?.version)}
      onChange={choose}
      loading={saves.isFetching}
      aria-label={t("compare.with")}
      popupMatchSelectWidth={false}
      options={[{ value: OTHER, label: t("compare.other") }, ...groups]}
    />
  );
}
