import { useState } from "react";
import { Link } from "react-router";
import type { Place } from "../api/graph";
import { cropUrl } from "../api/packets";
import { useWords } from "../app/language";

/** The papers and places that prove a tie; each opens where it stands. */
export function Papers({ places }: { places: Place[] }) {
  return (
    <ul className="papers">
      {places.map((place, n) => (
        <Paper key={n} place={place} />
      ))}
    </ul>
  );
}

function Paper({ place }: { place: Place }) {
  const { t } = useWords();
  const [failed, setFailed] = useState(false);
  const to =
    place.packet_id &&
    `/packets/${place.packet_id}?${new URLSearchParams({ document: place.document, page: String(place.page), box: place.box.join(",") })}`;
  return (
    <li>
      {to ? <Link to={to}>{place.file}</Link> : <span>{place.file}</span>}
      <span className="faint">
        {place.packet
          ? `${place.packet} · ${t("findings.page", { page: place.page })}`
          : t("findings.row", { page: place.page })}
      </span>
      <span>{place.text}</span>
      {place.packet_id && !failed && (
        <img
          loading="lazy"
          src={cropUrl(place.packet_id, place.document, place.page, place.box)}
          alt={t("graph.crop", { file: place.file })}
          onError={() => setFailed(true)}
        />
      )}
    </li>
  );
}
