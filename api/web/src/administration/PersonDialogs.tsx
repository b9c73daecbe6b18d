import { Form, Input, Select } from "antd";
import { addUser, changeUser, type NewUser, type User } from "../api/administration";
import { useWords } from "../app/language";
import { FormDialog } from "../parts/FormDialog";

interface Props {
  close: () => void;
  done: () => Promise<void>;
}

interface Choice {
  value: string;
  label: string;
}

export function NewPerson({ close, done, roles }: Props & { roles: Choice[] }) {
  const { t } = useWords();
  const send = async (given: NewUser) => {
    await addUser(given);
    await done();
  };
  return (
    <FormDialog<NewUser>
      title={t("people.add")}
      ok={t("act.add")}
      initial={{ role: "reviewer" }}
      send={send}
      close={close}
    >
      <Name />
      <Form.Item
        name="login"
        label={t("login.name")}
        rules={[
          { required: true, min: 2, pattern: /^[A-Za-z0-9._@-]+$/, message: t("people.login_how") },
        ]}
      >
        <Input />
      </Form.Item>
      <Form.Item name="role" label={t("people.role")} extra={t("people.role_how")}>
        <Select options={roles} />
      </Form.Item>
      <Password label={t("people.first_password")} />
    </FormDialog>
  );
}

/** Gives a person a new name; what he did before keeps his id. */
export function Rename({ user, close, done }: Props & { user: User }) {
  const { t } = useWords();
  const send = async ({ name }: { name: string }) => {
    await changeUser(user.id, { name });
    await done();
  };
  return (
    <FormDialog<{ name: string }>
      title={t("people.rename", { name: user.name })}
      ok={t("act.save")}
      initial={{ name: user.name }}
      send={send}
      close={close}
    >
      <Name />
    </FormDialog>
  );
}

export function NewPassword({ user, close, done }: Props & { user: User }) {
  const { t } = useWords();
  const send = async ({ password }: { password: string }) => {
    await changeUser(user.id, { password });
    await done();
  };
  return (
    <FormDialog<{ password: string }>
      title={t("people.reset", { name: user.name })}
      ok={t("act.save")}
      send={send}
      close={close}
    >
      <Password label={t("login.new")} extra={t("people.reset_why")} />
    </FormDialog>
  );
}

function Name() {
  const { t } = useWords();
  return (
    <Form.Item name="name" label={t("people.name")} rules={[{ required: true, max: 200 }]}>
      <Input />
    </Form.Item>
  );
}

function Password({ label, extra }: { label: string; extra?: string }) {
  const { t } = useWords();
  return (
    <Form.Item
      name="password"
      label={label}
      extra={extra}
      rules={[{ required: true, min: 12, message: t("login.short") }]}
    >
      <Input.Password autoComplete="new-password" />
    </Form.Item>
  );
}
