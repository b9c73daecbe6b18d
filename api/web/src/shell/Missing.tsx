import { Link } from "react-router";
import { Nothing } from "../parts/States";
import { Page } from "../parts/Page";
import { useWords } from "../app/language";

export function Missing() {
  const { t } = useWords();
  return (
    <Page title={t("missing.title")}>
      <Nothing action={<Link to="/cases">{t("nav.cases")}</Link>}>{t("missing.text")}</Nothing>
    </Page>
  );
}
