import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from "react";
import { Navigate, NavLink, useParams } from "react-router";
import { useWords } from "../app/language";
import { useMe } from "../app/me";
import { Page } from "../parts/Page";
import { Loading } from "../parts/States";

interface Part {
  key: string;
  scope: string;
  screen: LazyExoticComponent<ComponentType>;
}

const PARTS: Part[] = [
  {
    key: "rules",
    scope: "policy:read",
    screen: lazy(async () => ({ default: (await import("./Rules")).Rules })),
  },
  {
    key: "policy",
    scope: "policy:read",
    screen: lazy(async () => ({ default: (await import("./Policies")).Policies })),
  },
  {
    key: "people",
    scope: "people:manage",
    screen: lazy(async () => ({ default: (await import("./People")).People })),
  },
  {
    key: "keys",
    scope: "people:manage",
    screen: lazy(async () => ({ default: (await import("./ApiKeys")).ApiKeys })),
  },
  {
    key: "organisation",
    scope: "people:manage",
    screen: lazy(async () => ({ default: (await import("./Organisation")).Organisation })),
  },
  {
    key: "webhooks",
    scope: "webhooks:manage",
    screen: lazy(async () => ({ default: (await import("./Webhooks")).Webhooks })),
  },
  {
    key: "audit",
    scope: "audit:read",
    screen: lazy(async () => ({ default: (await import("./Audit")).Audit })),
  },
  {
    key: "health",
    scope: "people:manage",
    screen: lazy(async () => ({ default: (await import("./Health")).Health })),
  },
];

export function Administration() {
  const { t } = useWords();
  const me = useMe();
  const { part } = useParams();
  const parts = PARTS.filter((p) => me.scopes.includes(p.scope));
  const now = parts.find((p) => p.key === part);
  if (!now) return <Navigate to={`/administration/${parts[0]?.key ?? "rules"}`} replace />;
  const Screen = now.screen;
  return (
    <Page title={t("nav.administration")}>
      <div className="administration">
        <nav className="panel side-nav" aria-label={t("nav.administration")}>
          {parts.map((p) => (
            <NavLink key={p.key} to={`/administration/${p.key}`}>
              {t(`administration.${p.key}`)}
            </NavLink>
          ))}
        </nav>
        <div>
          <Suspense fallback={<Loading />}>
            <Screen />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
