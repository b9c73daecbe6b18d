import { theme, type ThemeConfig } from "antd";

export type Shade = "light" | "dark";
const KEPT = "huoyan.shade";

export function firstShade(): Shade {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function keepShade(shade: Shade): void {
  localStorage.setItem(KEPT, shade);
}

const FONT = `-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif`;
const SHARED = {
  fontFamily: FONT,
  fontSize: 14,
  borderRadius: 4,
  controlHeight: 32,
  motionDurationMid: "0.12s",
  motionDurationSlow: "0.16s",
};

/** Whether the person has asked the system for less movement. */
const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Contrasts of all text are 4.5 or more on both shades. */
export function themeOf(shade: Shade): ThemeConfig {
  const light = shade === "light";
  return {
    algorithm: light ? theme.defaultAlgorithm : theme.darkAlgorithm,
    token: {
      ...SHARED,
      motion: !isStill(),
      colorPrimary: light ? "#1b4b82" : "#2f6db5",
      colorInfo: light ? "#1b4b82" : "#2f6db5",
      colorLink: light ? "#1b4b82" : "#8fbcf5",
      colorLinkHover: light ? "#2c6cb5" : "#b3d2fa",
      colorError: light ? "#b3261e" : "#e5635b",
      colorWarning: light ? "#9a5b00" : "#d9962e",
      colorSuccess: light ? "#226b3a" : "#5fae7b",
      colorInfoBg: light ? "#e8f0fa" : "#21344c",
      colorInfoBorder: light ? "#b9cfe8" : "#35506f",
      colorErrorBg: light ? "#fdeceb" : "#43201f",
      colorErrorBorder: light ? "#ecb5b1" : "#6d3633",
      colorSuccessBg: light ? "#e9f5ed" : "#1d3627",
      colorSuccessBorder: light ? "#b3d8c0" : "#33573f",
      colorWarningBg: light ? "#fdf3e1" : "#3d2f17",
      colorWarningBorder: light ? "#ecd2a2" : "#644e26",
      colorBgLayout: light ? "#f2f4f7" : "#11161d",
      colorBgContainer: light ? "#ffffff" : "#1a212b",
      colorBgElevated: light ? "#ffffff" : "#222b37",
      colorText: light ? "#1d2633" : "#e4e9f0",
      colorTextSecondary: light ? "#4a5667" : "#b6c0cd",
      colorTextTertiary: light ? "#5c6878" : "#9aa6b5",
      colorTextDescription: light ? "#5c6878" : "#9aa6b5",
      colorTextPlaceholder: light ? "#667284" : "#8f9bab",
      colorBorder: light ? "#c3cbd6" : "#3b4757",
      colorBorderSecondary: light ? "#e1e6ec" : "#2b3542",
    },
    components: {
      Table: {
        cellPaddingBlockSM: 6,
        headerBg: light ? "#f6f8fa" : "#202834",
        headerColor: light ? "#4a5667" : "#b6c0cd",
      },
      Tabs: {
        horizontalItemPaddingSM: "8px 0",
        itemColor: light ? "#4a5667" : "#b6c0cd",
        itemSelectedColor: light ? "#1b4b82" : "#8fbcf5",
        inkBarColor: light ? "#1b4b82" : "#8fbcf5",
      },
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
    },
  };
}
