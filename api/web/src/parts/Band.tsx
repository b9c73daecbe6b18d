import {
  CheckCircleOutlined,
  ExclamationCircleFilled,
  QuestionCircleOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { useWords } from "../app/language";
import { percent, points } from "../app/figures";
import type { Severity } from "../api/report";

const ICONS = {
  high: ExclamationCircleFilled,
  medium: WarningOutlined,
  low: CheckCircleOutlined,
  not_verified: QuestionCircleOutlined,
};

/** A band as sign, word and colour: never colour alone. */
export function BandTag({ band }: { band: string | null | undefined }) {
  const { t } = useWords();
  if (!band) return <span className="faint">—</span>;
  const Icon = ICONS[band as keyof typeof ICONS] ?? QuestionCircleOutlined;
  return (
    <span className={`tag band-${band}`}>
      <Icon aria-hidden /> {t(`band.${band}`)}
    </span>
  );
}

const BARS = { high: 3, medium: 2, low: 1, info: 0 };

/** The same as bars alone, for a line; its word is there for readers of the screen. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { t } = useWords();
  return (
    <span
      className={`bars severity-mark-${severity}`}
      role="img"
      aria-label={t(`severity.${severity}`)}
    >
      {[1, 2, 3].map((n) => (
        <i key={n} className={n <= BARS[severity] ? "on" : ""} />
      ))}
    </span>
  );
}

export function SeverityTag({ severity }: { severity: Severity }) {
  const { t } = useWords();
  return (
    <span className={`tag severity-${severity}`}>
      <span className="bars" aria-hidden>
        {[1, 2, 3].map((n) => (
          <i key={n} className={n <= BARS[severity] ? "on" : ""} />
        ))}
      </span>
      {t(`severity.${severity}`)}
    </span>
  );
}

export function Score({
  value,
  band,
}: {
  value: number | null | undefined;
  band: string | null | undefined;
}) {
  return <span className={`score band-text-${band ?? "none"}`}>{points(value)}</span>;
}

export function Coverage({ share }: { share: number | null | undefined }) {
  const { t } = useWords();
  if (share === null || share === undefined) return <span className="faint">—</span>;
  return (
    <span className="coverage">
      <span className="meter" role="img" aria-label={`${t("word.coverage")} ${percent(share)}`}>
        <i style={{ width: percent(share) }} />
      </span>
      {percent(share)}
    </span>
  );
}
