/** Words of the screens. A language is fetched when it is first shown. */
import i18next from "i18next";
import type { Locale } from "antd/lib/locale";
import { initReactI18next } from "react-i18next";
import type { Lang, Say } from "../api/report";

const KEPT = "huoyan.lang";

/** Put in by the build: what the service declares about each kind of document. */
declare const __DOCUMENT_TYPES__: Record<string, { title: Say; fields: Record<string, Say> }>;

export function firstLanguage(): Lang {
  const asked = new URLSearchParams(location.search).get("lang");
  const kept = asked ?? localStorage.getItem(KEPT) ?? "zh";
  return kept === "en" ? "en" : "zh";
}

const parts: Partial<Record<Lang, Locale>> = {};

/** The words of Ant Design's own parts in a language that is spoken. */
export function partsIn(lang: Lang): Locale | undefined {
  return parts[lang];
}

async function words(lang: Lang): Promise<object> {
  parts[lang] = (
    lang === "zh" ? await import("antd/locale/zh_CN") : await import("antd/locale/en_US")
  ).default;
  const own = (lang === "zh" ? await import("./zh.json") : await import("./en.json")).default;
  return withDeclared(own, lang);
}

type Words = { paper: Record<string, string>; field: Record<string, string> };

/** Words with the titles and labels that only the declarations hold. */
function withDeclared<T extends Words>(own: T, lang: Lang): T {
  const paper: Record<string, string> = {};
  const field: Record<string, string> = {};
  for (const [type, declared] of Object.entries(__DOCUMENT_TYPES__)) {
    paper[type] = declared.title[lang];
    for (const [name, label] of Object.entries(declared.fields)) field[name] ??= label[lang];
  }
  return { ...own, paper: { ...paper, ...own.paper }, field: { ...field, ...own.field } };
}

export async function startWords(): Promise<void> {
  const lang = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: lang,
    resources: { [lang]: { translation: await words(lang) } },
    fallbackLng: false,
    interpolation: { escapeValue: false }, // React escapes what it shows
    returnNull: false,
  });
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
}

export async function speak(lang: Lang): Promise<void> {
  if (!i18next.hasResourceBundle(lang, "translation"))
    i18next.addResourceBundle(lang, "translation", await words(lang));
  localStorage.setItem(KEPT, lang);
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  await i18next.changeLanguage(lang);
}

export function said(say: Say | undefined, lang: Lang): string {
  return say ? say[lang] || say.zh || say.en : "";
}
