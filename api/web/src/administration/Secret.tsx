import { Alert, Typography } from "antd";
import { useWords } from "../app/language";

/** A secret that is shown this once. */
export function Secret({ secret, close }: { secret: string; close: () => void }) {
  const { t } = useWords();
  return (
    <Alert
      type="warning"
      showIcon
      closable={{ onClose: close, "aria-label": t("act.close") }}
      title={t("keys_of.once")}
      description={
        <Typography.Text copyable code>
          {secret}
        </Typography.Text>
      }
    />
  );
}
