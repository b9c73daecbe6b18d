import { useMutation } from "@tanstack/react-query";
import { Form, Input, Modal } from "antd";
import { api, taken } from "../api/client";
import { useWords } from "../app/language";
import { queries } from "../app/queries";
import { Wrong } from "../parts/States";

export function OwnPassword({ close }: { close: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<{ old: string; new: string }>();
  const change = useMutation({
    mutationFn: async (body: { old: string; new: string }) =>
      taken(await api.POST("/v1/me/password", { body })),
    onSuccess: () => queries.setQueryData(["me"], null), // all sessions ended with the old password
  });
  return (
    <Modal
      open
      title={t("login.change")}
      onCancel={close}
      onOk={() => form.submit()}
      okText={t("act.save")}
      confirmLoading={change.isPending}
    >
      <Form form={form} layout="vertical" onFinish={(given) => change.mutate(given)}>
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
        {change.error && <Wrong error={change.error} />}
      </Form>
    </Modal>
  );
}
