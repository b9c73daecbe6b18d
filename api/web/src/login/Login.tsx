import { GlobalOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { Problem } from "../api/client";
import { logIn, type Me } from "../api/session";
import { useWords } from "../app/language";
import { speak } from "../i18n";
import { Wrong } from "../parts/States";
import { Failed, Provider } from "./Provider";

interface Given {
  login: string;
  password: string;
  organisation?: string;
  code?: string;
}

/** Whether the service asks for the code of a second factor. */
const asksForCode = (error: Error | null) =>
  error instanceof Problem && ["code_needed", "wrong_code"].includes(error.body.code);

export function Login({ done }: { done: (me: Me) => void }) {
  const { t, lang } = useWords();
  const enter = useMutation({
    mutationFn: (given: Given) =>
      logIn({ ...given, organisation: given.organisation ?? "", code: given.code ?? "" }),
    onSuccess: done,
  });
  const [needsCode, setNeedsCode] = useState(false);
  if (asksForCode(enter.error) && !needsCode) setNeedsCode(true);
  useEffect(() => {
    document.title = `${t("login.title")} · 火眼 Huoyan`;
  }, [t]);
  return (
    <main className="login">
      <section className="login-side" aria-hidden>
        <img src="/mark.svg" alt="" width={56} height={56} />
        <p className="login-name">火眼 Huoyan</p>
        <p>{t("login.line")}</p>
        <ul>
          <li>{t("login.point1")}</li>
          <li>{t("login.point2")}</li>
          <li>{t("login.point3")}</li>
        </ul>
      </section>
      <section className="login-form">
        <div className="login-lang">
          <Button
            type="text"
            icon={<GlobalOutlined />}
            onClick={() => void speak(lang === "zh" ? "en" : "zh")}
            lang={lang === "zh" ? "en" : "zh-CN"}
          >
            {lang === "zh" ? "English" : "中文"}
          </Button>
        </div>
        <h1>{t("login.title")}</h1>
        {!enter.isPending && !enter.error && <Failed />}
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={(given: Given) => enter.mutate(given)}
          disabled={enter.isPending}
        >
          <Form.Item
            name="login"
            label={t("login.name")}
            rules={[{ required: true, message: t("login.need_name") }]}
          >
            <Input autoComplete="username" autoFocus maxLength={200} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t("login.password")}
            rules={[{ required: true, message: t("login.need_password") }]}
          >
            <Input.Password autoComplete="current-password" maxLength={1000} />
          </Form.Item>
          <Form.Item
            name="organisation"
            label={t("login.organisation")}
            extra={t("login.organisation_why")}
          >
            <Input autoComplete="organization" maxLength={200} />
          </Form.Item>
          {needsCode && (
            <Form.Item name="code" label={t("login.code")} extra={t("login.code_why")}>
              <Input autoComplete="one-time-code" inputMode="numeric" autoFocus maxLength={20} />
            </Form.Item>
          )}
          {enter.error && (
            <Form.Item>
              <Wrong error={enter.error} />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" block size="large" loading={enter.isPending}>
            {t("login.enter")}
          </Button>
        </Form>
        <Provider />
        <p className="faint">{t("login.person")}</p>
      </section>
    </main>
  );
}
