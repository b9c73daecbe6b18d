import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import { useEffect, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { onLoggedOut } from "../api/client";
import { whoAmI } from "../api/session";
import { partsIn } from "../i18n";
import { KeysProvider } from "../keyboard/Keys";
import { Login } from "../login/Login";
import { Loading, Wrong } from "../parts/States";
import { useWords } from "../app/language";
import { MeContext } from "../app/me";
import { queries } from "../app/queries";
import { router } from "./routes";
import { ShadeContext } from "../app/shade";
import { firstShade, keepShade, themeOf, type Shade } from "../app/theme";
import { ToldProvider } from "../app/told";

export function App() {
  const [shade, setShade] = useState<Shade>(firstShade);
  const { lang } = useWords();
  useEffect(() => {
    document.documentElement.dataset.shade = shade;
  }, [shade]);
  const turn = () => {
    const next = shade === "light" ? "dark" : "light";
    keepShade(next);
    setShade(next);
  };
  return (
    <ConfigProvider
      theme={themeOf(shade)}
      locale={partsIn(lang)}
      button={{ autoInsertSpace: false }}
      componentSize="middle"
    >
      <ToldProvider>
        <ShadeContext value={{ shade, turn }}>
          <QueryClientProvider client={queries}>
            <KeysProvider>
              <Gate />
            </KeysProvider>
          </QueryClientProvider>
        </ShadeContext>
      </ToldProvider>
    </ConfigProvider>
  );
}

/** The log-in screen for whoever is not logged in; the workbench for the others. */
function Gate() {
  const me = useQuery({ queryKey: ["me"], queryFn: whoAmI, staleTime: Infinity });
  useEffect(() => onLoggedOut(() => queries.setQueryData(["me"], null)), []);
  if (me.error) return <Wrong error={me.error} again={() => void me.refetch()} />;
  if (me.data === undefined) return <Loading />;
  if (me.data === null) return <Login done={(who) => queries.setQueryData(["me"], who)} />;
  return (
    <MeContext value={me.data}>
      <RouterProvider router={router} />
    </MeContext>
  );
}
