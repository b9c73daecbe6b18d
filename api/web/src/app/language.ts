import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Lang, Say } from "../api/report";
import { said } from "../i18n";

/** The words of the screens, the language in force, and the choice among a text's two languages. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const lang = (i18n.language === "en" ? "en" : "zh") as Lang;
  return useMemo(
    () => ({
      t,
      lang,
      say: (text: Say | undefined) => said(text, lang),
      orRaw: (key: string, raw: string) => (i18n.exists(key) ? t(key) : raw),
    }),
    [t, i18n, lang], // the same words as long as the language is: effects depend on them
  );
}

export type Words = ReturnType<typeof useWords>;
