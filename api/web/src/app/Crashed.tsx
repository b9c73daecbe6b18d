import { Button, Result } from "antd";
import { useWords } from "./language";

/** A screen that failed, or whose files are of an older version of the service. */
export function Crashed() {
  const { t } = useWords();
  return (
    <main>
      <Result status="warning" title={t("crashed.title")} subTitle={t("crashed.text")} extra={<Button onClick={() => location.reload()}>{t("crashed.reload")}</Button>} />
    </main>
  );
}
