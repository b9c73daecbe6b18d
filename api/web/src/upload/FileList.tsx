import { CheckCircleOutlined, CloseOutlined, ExclamationCircleFilled } from "@ant-design/icons";
import { Button, Progress } from "antd";
import { size } from "../app/figures";
import { useWords } from "../app/language";
import type { Item } from "./useUploads";

export function FileList({ items, remove }: { items: Item[]; remove: (id: number) => void }) {
  const { t, lang } = useWords();
  return (
    <ul className="files" aria-label={t("upload.files")}>
      {items.map((item) => (
        <li key={item.id} className={item.state}>
          <span className="file-name" title={item.file.name}>
            {item.file.name}
          </span>
          <span className="faint figure">{size(item.file.size)}</span>
          <span className="file-state">
            {item.state === "sending" && (
              <Progress
                percent={Math.round(item.share * 100)}
                size="small"
                aria-label={item.file.name}
              />
            )}
            {item.state === "sent" && (
              <span className="good">
                <CheckCircleOutlined aria-hidden /> {t("upload.sent")}
              </span>
            )}
            {item.state === "waiting" && <span className="faint">{t("upload.waiting")}</span>}
            {item.state === "failed" && (
              <span className="bad">
                <ExclamationCircleFilled aria-hidden /> {item.problem?.detail[lang]}
              </span>
            )}
          </span>
          {item.state !== "sent" && item.state !== "sending" ? (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={`${t("act.remove")} ${item.file.name}`}
              onClick={() => remove(item.id)}
            />
          ) : (
            <span />
          )}
        </li>
      ))}
    </ul>
  );
}
