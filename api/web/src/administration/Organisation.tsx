import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Switch } from "antd";
import {
  changeOrganisation,
  getOrganisation,
  type Organisation as Settings,
} from "../api/administration";
import { useTold } from "../app/told";
import { useWords } from "../app/language";
import { Panel } from "../parts/Page";
import { Loaded, Wrong } from "../parts/States";

type Given = Pick<Settings, "four_eyes_from" | "mask" | "people_four_eyes" | "policy_four_eyes">;

export function Organisation() {
  const { t } = useWords();
  const { message } = useTold();
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ["organisation"], queryFn: getOrganisation });
  const change = useMutation({
    mutationFn: changeOrganisation,
    onSuccess: async () => {
      void message.success(t("people.changed"));
      await queries.invalidateQueries({ queryKey: ["organisation"] });
    },
  });
  return (
    <Panel title={t("administration.organisation")}>
      <Loaded query={found}>
        {(data) => (
          <Form
            layout="vertical"
            className="narrow"
            initialValues={data}
            onFinish={(given: Given) => change.mutate(given)}
          >
            <p>
              <span className="label">{t("word.name")}</span>
              <b>{data.name}</b>
            </p>
            <Form.Item
              name="four_eyes_from"
              label={t("organisation.four_eyes_from")}
              extra={t("organisation.four_eyes_why")}
              rules={[{ pattern: /^\d{1,15}(\.\d{1,2})?$/, message: t("upload.bad_amount") }]}
            >
              <Input inputMode="decimal" />
            </Form.Item>
            <Form.Item
              name="policy_four_eyes"
              label={t("organisation.policy_four_eyes")}
              valuePropName="checked"
            >
              <Switch />
            </Form.Item>
            <Form.Item
              name="people_four_eyes"
              label={t("organisation.people_four_eyes")}
              valuePropName="checked"
            >
              <Switch />
            </Form.Item>
            <Form.Item
              name="mask"
              label={t("organisation.mask")}
              extra={t("organisation.mask_why")}
              valuePropName="checked"
            >
              <Switch />
            </Form.Item>
            {change.error && <Wrong error={change.error} />}
            <Button type="primary" htmlType="submit" loading={change.isPending}>
              {t("act.save")}
            </Button>
          </Form>
        )}
      </Loaded>
    </Panel>
  );
}
