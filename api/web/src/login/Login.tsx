import { GlobalOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useEffect } from "react";
import { logIn, type Me } from "../api/session";
import { useWords } from "../app/language";
import { speak } from "../i18n";
import { Wrong } from "../parts/States";
import { Failed, Provider } from "./Provider";

interface Given {
  login: string;
  password: string;
  organisation?: string;
}

export function Login({ done }: { done: (me: Me) => void }) {
  const { t, lang } = useWords();
  const enter = useMutation({
    mutationFn: (given: Given) => logIn({ ...given, organisation: given.organisation ?? "" }),
    onSuccess: done,
  });
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
