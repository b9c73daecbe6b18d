/** Short words in passing. Ant Design's own `App` brings dialogs along, which the first screen has no use for. */
import { message, notification } from "antd";
import { createContext, useContext, useMemo, type ReactNode } from "react";

interface Told {
  message: ReturnType<typeof message.useMessage>[0];
  notification: ReturnType<typeof notification.useNotification>[0];
}

const ToldContext = createContext<Told | null>(null);

export function ToldProvider({ children }: { children: ReactNode }) {
  const [brief, briefHolder] = message.useMessage();
  const [longer, longerHolder] = notification.useNotification();
  const told = useMemo(() => ({ message: brief, notification: longer }), [brief, longer]);
  return (
    <ToldContext value={told}>
      {briefHolder}
      {longerHolder}
      {children}
    </ToldContext>
  );
}

export function useTold(): Told {
  const told = useContext(ToldContext);
  if (!told) throw new Error("screens are within ToldProvider");
  return told;
}
