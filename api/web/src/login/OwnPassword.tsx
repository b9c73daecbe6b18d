import { Form, Input } from "antd";
import { api, taken } from "../api/client";
import { useWords } from "../app/language";
import { queries } from "../app/queries";
import { FormDialog } from "../parts/FormDialog";

interface Given {
  old: string;
  new: string;
}

export function OwnPassword({ close }: { close: () => void }) {
  const { t } = useWords();
  const send = async (body: Given) => {
    taken(await api.POST("/v1/me/password", { body }));
    queries.setQueryData(["me"], null); // all sessions ended with the old password
  };
  return (
    <FormDialog<Given> title={t("login.change")} ok={t("act.save")} send={send} close={close}>
      <Form.Item name="old" label={t("login.old")} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="new"
        label={t("login.new")}
        rules={[{ required: true, min: 12, message: t("login.short") }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDialog>
  );
}
