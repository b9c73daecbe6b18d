import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useEffect, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { searchAll, type Hit } from "../api/cases";
import { useWords } from "../app/language";
import { BandTag, Score } from "../parts/Band";
import { Wrong } from "../parts/States";

/** Milliseconds without a key before the service is asked. */
const PAUSE_MS = 200;
const SHORTEST = 2;

/** One search from every screen: by anything that a case's head or its papers say. */
export function Search({ close }: { close: () => void }) {
  const { t } = useWords();
  const go = useNavigate();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  useEffect(() => {
    const later = setTimeout(() => {
      setAsked(text.trim());
      setAt(0);
    }, PAUSE_MS);
    return () => clearTimeout(later);
  }, [text]);
  const found = useQuery({
    queryKey: ["search", asked],
    queryFn: () => searchAll(asked),
    enabled: asked.length >= SHORTEST,
  });
  const hits = found.data ?? [];
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    close();
    const place = hit.document ? `?document=${hit.document}&page=${hit.page}` : "";
    void go(`/packets/${hit.packet_id}${place}`);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((n) => Math.min(hits.length - 1, n + 1));
    else if (event.key === "ArrowUp") setAt((n) => Math.max(0, n - 1));
    else if (event.key === "Enter" && text.trim() === asked) open(hits[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal open onCancel={close} footer={null} width={680} title={t("search.title")}>
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined />}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
        placeholder={t("search.what")}
        aria-label={t("search.what")}
        maxLength={100}
      />
      {found.error && <Wrong error={found.error} />}
      <p className="faint" role="status">
        {asked.length < SHORTEST
          ? t("search.how")
          : found.data && t("search.count", { count: hits.length })}
      </p>
      <ol className="hits">
        {hits.map((hit, n) => (
          <li key={hit.packet_id}>
            <button type="button" aria-current={n === at} onClick={() => open(hit)}>
              <Score value={hit.score} band={hit.band} />
              <span className="hit-words">
                <b>{hit.applicant}</b> <span className="faint">{hit.reference}</span>
                <Found hit={hit} />
              </span>
              <BandTag band={hit.band} />
            </button>
          </li>
        ))}
      </ol>
    </Modal>
  );
}

/** Where the papers say what was looked for. */
function Found({ hit }: { hit: Hit }) {
  const { t, orRaw } = useWords();
  if (!hit.kind) return null;
  const field = orRaw(`field.${hit.kind}`, orRaw(`column.${hit.kind}`, t("search.in_papers")));
  return (
    <span className="hit-found">
      {field}：{hit.value}
    </span>
  );
}
