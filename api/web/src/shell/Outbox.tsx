import { Alert, Button } from "antd";
import { useWords } from "../app/language";
import { flush, useOutbox } from "../app/outbox";

/** Says that something waits to be sent, on every screen. */
export function Outbox() {
  const { t } = useWords();
  const waiting = useOutbox();
  if (!waiting.length) return null;
  return (
    <Alert
      banner
      type="warning"
      title={t("outbox.waiting", { count: waiting.length })}
      action={
        <Button size="small" onClick={() => void flush()}>
          {t("act.again")}
        </Button>
      }
    />
  );
}
