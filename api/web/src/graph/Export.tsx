import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { RefObject } from "react";
import { exportUrl } from "../api/graph";
import { useWords } from "../app/language";
import type { CanvasHandle } from "./Canvas";
import type { Explorer } from "./useExplorer";

const FORMATS = ["graphml", "gexf", "csv", "ftm"];

interface Props {
  explorer: Explorer;
  hops: number;
  canvas: RefObject<CanvasHandle | null>;
}

export function Export({ explorer, hops, canvas }: Props) {
  const { t } = useWords();
  const { drawn, chosen } = explorer;
  const entity = chosen && drawn.entities.has(chosen) ? chosen : drawn.centres[0];
  const picture = async () => {
    const link = document.createElement("a");
    link.href = (await canvas.current?.picture()) ?? "";
    link.download = "graph.png";
    if (link.href) link.click();
  };
  const items = [
    { key: "png", label: t("graph.png"), onClick: () => void picture() },
    ...FORMATS.map((f) => ({
      key: f,
      label: <a href={exportUrl(f, entity ?? "", hops)}>{t(`export.${f}`)}</a>,
    })),
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items }} disabled={!drawn.entities.size}>
      <Button>
        {t("graph.export")} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
