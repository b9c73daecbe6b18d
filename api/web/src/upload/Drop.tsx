import { InboxOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef, useState } from "react";
import { useWords } from "../app/language";
import { filesOf } from "./dropped";

/** Where files, folders and zips are dropped; the buttons do the same from the keyboard. */
export function Drop({ add, disabled }: { add: (files: File[]) => void; disabled: boolean }) {
  const { t } = useWords();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const chosen = (input: HTMLInputElement) => {
    add([...(input.files ?? [])]);
    input.value = "";
  };
  return (
    <div
      className={`drop${over ? " over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!disabled) void filesOf(event.dataTransfer).then(add);
      }}
    >
      <InboxOutlined aria-hidden className="drop-sign" />
      <p className="drop-title">{t("upload.drop")}</p>
      <p className="faint">{t("upload.kinds")}</p>
      <div className="row centred">
        <Button disabled={disabled} onClick={() => files.current?.click()}>
          {t("upload.choose")}
        </Button>
        <Button disabled={disabled} onClick={() => folder.current?.click()}>
          {t("upload.choose_folder")}
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t("upload.choose")}
        data-testid="files"
        onChange={(event) => chosen(event.target)}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label={t("upload.choose_folder")}
        onChange={(event) => chosen(event.target)}
        {...{ webkitdirectory: "" }}
      />
    </div>
  );
}
