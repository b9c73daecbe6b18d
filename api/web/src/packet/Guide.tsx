import { Tour } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useWords } from "../app/language";

const STEPS = [
  ["verdict", ".verdict"],
  ["findings", ".findings-list"],
  ["page", ".panes"],
  ["judge", ".judge"],
  ["decision", ".sheets [role=tab]:last-of-type, .sheets .ant-tabs-tab:last-of-type"],
] as const;

/** The five steps of a review, each pointing at its place on the screen; begun by `tour` in the address. */
export function Guide() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const [at, setAt] = useState(0);
  const close = () => {
    const rest = new URLSearchParams(search);
    rest.delete("tour");
    setSearch(rest, { replace: true });
  };
  const steps = STEPS.filter(([, where]) => document.querySelector(where)).map(([name, where]) => ({
    title: t(`visit.${name}`),
    description: t(`visit.${name}_how`),
    target: () => document.querySelector<HTMLElement>(where) as HTMLElement,
    nextButtonProps: { children: t("visit.next") },
    prevButtonProps: { children: t("visit.back") },
  }));
  return <Tour open current={at} onChange={setAt} onClose={close} onFinish={close} steps={steps} />;
}
