import { BankOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Divider } from "antd";
import { useEffect, useState } from "react";
import { waysIn } from "../api/session";
import { useWords } from "../app/language";
import { asked, failedIn } from "./failed";

/** The way in by the house's own account, where the service has one. The browser itself goes there and comes back. */
export function Provider() {
  const { t } = useWords();
  const ways = useQuery({ queryKey: ["ways"], queryFn: waysIn, staleTime: Infinity });
  if (!ways.data?.provider) return null;
  return (
    <>
      <Divider plain>{t("login.or")}</Divider>
      <Button
        block
        size="large"
        icon={<BankOutlined />}
        href={`/v1/oidc/start?${new URLSearchParams({ to: asked(location) })}`}
      >
        {t("login.provider")}
      </Button>
    </>
  );
}

/** Why the way by the house's account did not end in a session; told once, then gone from the address. */
export function Failed() {
  const { t } = useWords();
  const [code] = useState(() => failedIn(location.search));
  useEffect(() => {
    if (!code) return;
    history.replaceState(history.state, "", asked(location));
  }, [code]);
  if (!code) return null;
  return (
    <Alert
      className="login-failed"
      type="error"
      showIcon
      role="alert"
      title={t(`login_failed.${code}`)}
    />
  );
}
