import {
  DownOutlined,
  GlobalOutlined,
  MoonOutlined,
  SearchOutlined,
  SunOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Spin, Tooltip } from "antd";
import { lazy, Suspense, useContext, useEffect, useLayoutEffect, useState } from "react";
import { NavLink, Outlet, useLocation, useNavigate, useNavigation } from "react-router";
import { logOut } from "../api/session";
import { speak } from "../i18n";
import { BETWEEN, isLost } from "../keyboard/focus";
import { useKeys, useShowKeys } from "../keyboard/Keys";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { queries } from "../app/queries";
import { Outbox } from "./Outbox";
import { ShadeContext } from "../app/shade";

const OwnPassword = lazy(async () => ({
  default: (await import("../login/OwnPassword")).OwnPassword,
}));
const Account = lazy(async () => ({ default: (await import("../login/Account")).Account }));
const Search = lazy(async () => ({ default: (await import("./Search")).Search }));
const SCREENS = [
  { path: "/cases", key: "cases", scope: "cases:read", keys: "g c" },
  { path: "/packets", key: "packets", scope: "packets:read", keys: "g p" },
  { path: "/upload", key: "upload", scope: "packets:write", keys: "g u" },
  { path: "/graph", key: "graph", scope: "graph:read", keys: "g g" },
  { path: "/statistics", key: "statistics", scope: "cases:read", keys: "g s" },
  { path: "/administration", key: "administration", scope: "", keys: "g a" },
];

export function Layout() {
  const { t } = useWords();
  const me = useMe();
  const go = useNavigate();
  const { pathname } = useLocation();
  useLayoutEffect(() => {
    if (isLost()) document.getElementById(BETWEEN)?.focus({ preventScroll: true });
  }, [pathname]);
  const busy = useNavigation().state === "loading";
  const screens = SCREENS.filter((s) => !s.scope || me.scopes.includes(s.scope));
  useKeys(
    screens.map((s) => ({ keys: s.keys, label: t(`nav.${s.key}`), act: () => void go(s.path) })),
  );
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t("nav.skip")}
      </a>
      <header className="top">
        <NavLink to="/cases" className="brand">
          <img src="/mark.svg" alt="" width={26} height={26} />
          <b>火眼</b>
          <span>Huoyan</span>
        </NavLink>
        <nav aria-label={t("nav.main")}>
          {screens.map((s) => (
            <NavLink key={s.path} to={s.path}>
              {t(`nav.${s.key}`)}
            </NavLink>
          ))}
        </nav>
        {busy && <Spin size="small" />}
        <Tools />
      </header>
      <Outbox />
      <div id={BETWEEN} tabIndex={-1}>
        <Outlet />
      </div>
    </div>
  );
}

function Tools() {
  const { t, lang } = useWords();
  const [searching, setSearching] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault(); // the browser's own bar
      setSearching(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const me = useMe();
  const { shade, turn } = useContext(ShadeContext);
  const showKeys = useShowKeys();
  const [password, setPassword] = useState(false);
  const [account, setAccount] = useState(me.notices > 0); // what others changed is told at once
  const leave = async () => {
    await logOut().catch(() => undefined);
    queries.clear();
    queries.setQueryData(["me"], null);
  };
  return (
    <div className="tools">
      <Button icon={<SearchOutlined />} onClick={() => setSearching(true)} className="search-open">
        {t("search.open")} <kbd>Ctrl K</kbd>
      </Button>
      <Tooltip title={t("keys.title")}>
        <Button type="text" onClick={showKeys} aria-label={t("keys.title")}>
          ?
        </Button>
      </Tooltip>
      <Tooltip title={t("nav.shade")}>
        <Button
          type="text"
          icon={shade === "light" ? <MoonOutlined /> : <SunOutlined />}
          onClick={turn}
          aria-label={t("nav.shade")}
        />
      </Tooltip>
      <Button
        type="text"
        icon={<GlobalOutlined />}
        onClick={() => void speak(lang === "zh" ? "en" : "zh")}
        lang={lang === "zh" ? "en" : "zh-CN"}
      >
        {lang === "zh" ? "English" : "中文"}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "org", label: `${me.organisation} · ${t(`role.${me.role}`)}`, disabled: true },
            { key: "account", label: t("account.title"), onClick: () => setAccount(true) },
            { key: "password", label: t("login.change"), onClick: () => setPassword(true) },
            { key: "leave", label: t("login.leave"), onClick: () => void leave() },
          ],
        }}
      >
        <Button type="text">
          {me.name} <DownOutlined />
        </Button>
      </Dropdown>
      {searching && (
        <Suspense>
          <Search close={() => setSearching(false)} />
        </Suspense>
      )}
      {account && (
        <Suspense>
          <Account close={() => setAccount(false)} />
        </Suspense>
      )}
      {password && (
        <Suspense>
          <OwnPassword close={() => setPassword(false)} />
        </Suspense>
      )}
    </div>
  );
}
