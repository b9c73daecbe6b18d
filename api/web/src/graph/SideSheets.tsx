import { Tabs } from "antd";
import { useState } from "react";
import { useWords } from "../app/language";
import { Chosen } from "./Chosen";
import { FilterSheet } from "./FilterSheet";
import { Imports } from "./Imports";
import type { Marks } from "./looks";
import { Patterns } from "./Patterns";
import { Snapshots } from "./Snapshots";
import type { Explorer } from "./useExplorer";

export interface SideProps {
  explorer: Explorer;
  marks: Marks;
  setMarks: (marks: Marks) => void;
  pin: (id: string) => void;
  focus: (id: string) => void;
  packet: string;
}

export function SideSheets(props: SideProps) {
  const { t } = useWords();
  const [tab, setTab] = useState("chosen");
  return (
    <Tabs
      className="sheets"
      size="small"
      activeKey={tab}
      onChange={setTab}
      items={[
        { key: "chosen", label: t("graph.chosen"), children: <Chosen {...props} /> },
        {
          key: "patterns",
          label: `${t("graph.patterns")} ${props.explorer.shown.patterns.length}`,
          children: <Patterns {...props} />,
        },
        {
          key: "filter",
          label: t("graph.filter"),
          children: <FilterSheet explorer={props.explorer} />,
        },
        {
          key: "snapshots",
          label: t("graph.snapshots"),
          children: <Snapshots explorer={props.explorer} packet={props.packet} />,
        },
        { key: "imports", label: t("imports.title"), children: <Imports /> },
      ]}
    />
  );
}
