import { useMutation } from "@tanstack/react-query";
import { Form, Modal } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../app/language";
import { Wrong } from "./States";

interface Props<T> {
  title: string;
  /** What the button says that sends the form. */
  ok: string;
  initial?: Partial<T>;
  send: (given: T) => Promise<unknown>;
  close: () => void;
  children: ReactNode;
}

/**
 * A form in a dialog, to be rendered only while it is open: form and sending begin and end with it,
 * so that nothing that one person typed (a password, a role) is there for the next.
 */
export function FormDialog<T extends object>({
  title,
  ok,
  initial,
  send,
  close,
  children,
}: Props<T>) {
  const { t } = useWords();
  const [form] = Form.useForm<T>();
  const sending = useMutation({ mutationFn: send, onSuccess: close });
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      onOk={() => form.submit()}
      okText={ok}
      cancelText={t("act.cancel")}
      confirmLoading={sending.isPending}
    >
      <Form<T>
        form={form}
        layout="vertical"
        autoComplete="off"
        initialValues={initial}
        onFinish={(given) => sending.mutate(given)}
      >
        {children}
        {sending.error && <Wrong error={sending.error} />}
      </Form>
    </Modal>
  );
}
