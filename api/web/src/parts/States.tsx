import { Alert, Button, Empty, Spin } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../app/language";
import { problemOf } from "../api/client";

export function Loading() {
  const { t } = useWords();
  return (
    <div className="state" role="status" aria-live="polite">
      <Spin /> <span>{t("state.loading")}</span>
    </div>
  );
}

/** What went wrong and what to do next, in the words of the service. */
export function Wrong({ error, again }: { error: unknown; again?: () => void }) {
  const { t, lang } = useWords();
  const body = problemOf(error, 0);
  const more = body.errors?.map((e) => `${e.at}: ${e[lang]}`).join(" · ");
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={body.detail[lang]}
      description={
        [more, body.request_id && `request_id ${body.request_id}`].filter(Boolean).join(" · ") ||
        undefined
      }
      action={
        again && (
          <Button size="small" onClick={again}>
            {t("act.again")}
          </Button>
        )
      }
    />
  );
}

export function Nothing({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<span>{children}</span>}>
      {action}
    </Empty>
  );
}

interface Query<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** Shows a query's data, or that it is on its way, or what is wrong. */
export function Loaded<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Wrong error={query.error} again={() => void query.refetch()} />;
  return <Loading />;
}
