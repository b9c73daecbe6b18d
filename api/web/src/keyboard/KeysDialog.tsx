import { Modal, Switch } from "antd";
import { useWords } from "../app/language";
import type { Binding } from "./keymap";

interface Props {
  bindings: Binding[];
  on: boolean;
  turn: (on: boolean) => void;
  close: () => void;
}

/** The keys of the screen, and whether they are listened for. */
export function KeysDialog({ bindings, on, turn, close }: Props) {
  const { t } = useWords();
  return (
    <Modal open onCancel={close} title={t("keys.title")} footer={null} width={560}>
      <label className="row">
        <Switch checked={on} onChange={turn} aria-label={t("keys.on")} /> {t("keys.on")}
      </label>
      <table className="keys">
        <tbody>
          {bindings.map((b) => (
            <tr key={b.keys}>
              <td>
                {b.keys.split(" ").map((k) => (
                  <kbd key={k}>{k}</kbd>
                ))}
              </td>
              <td>{b.label}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
