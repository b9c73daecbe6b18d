import { Button } from "antd";
import { useWords } from "../app/language";

/** A screen that failed, or whose files are of an older version of the service: so it is of the first files and of little. */
export function Crashed() {
  const { t } = useWords();
  return (
    <main className="crashed" role="alert">
      <h1>{t("crashed.title")}</h1>
      <p className="faint">{t("crashed.text")}</p>
      <Button type="primary" onClick={() => location.reload()}>
        {t("crashed.reload")}
      </Button>
    </main>
  );
}
