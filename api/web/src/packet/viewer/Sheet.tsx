import { Spin } from "antd";
import { useEffect, useLayoutEffect, useRef, useState, type PointerEvent } from "react";
import { heatUrl, pageUrl } from "../../api/packets";
import type { Box } from "../../api/report";
import { useWords } from "../../app/language";
import type { Difference } from "../compare";
import { stateOf, useView, type Place } from "../shown";
import { Boxes } from "./Boxes";
import { DifferenceBoxes } from "./DifferenceBoxes";
import {
  boxBetween,
  isSpeck,
  zoomTo,
  scrollTo,
  turnedSize,
  uprightPoint,
  widthToAsk,
  type Size,
} from "./geometry";
import type { Tie } from "./tie";
import { useHands } from "./useHands";
import type { Look } from "./Viewer";

interface Props {
  pane: number;
  place: Place;
  tie: Tie;
  differences: Difference[];
  chosen: string | null;
  jump: (key: string) => void;
  look: Look;
  setLook: (change: (look: Look) => Look) => void;
  /** Two pages side by side keep the zoom that they share. */
  alone: boolean;
  cut: (box: Box) => void;
}

const MARGIN = 24;

export function Sheet(props: Props) {
  const { pane, place, look, setLook, alone, cut, tie, differences, chosen, jump } = props;
  const { t } = useWords();
  const { id, revision, revealed } = useView();
  const scroller = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  const [natural, setNatural] = useState<Size | null>(null);
  const [failed, setFailed] = useState(false);
  useLayoutEffect(() => {
    const node = scroller.current;
    if (!node) return;
    const watch = new ResizeObserver(() =>
      setRoom({ width: node.clientWidth, height: node.clientHeight }),
    );
    watch.observe(node);
    tie.attach(pane, node);
    return () => {
      tie.attach(pane, null);
      watch.disconnect();
    };
  }, [pane, tie]);

  const ratio = natural ? natural.height / natural.width : Math.SQRT2;
  const across = look.turns % 2 ? (room.width - MARGIN) / ratio : room.width - MARGIN;
  const page: Size = {
    width: Math.max(100, across * look.zoom),
    height: Math.max(100, across * look.zoom * ratio),
  };
  const outer = turnedSize(page, look.turns);
  useHands(
    scroller,
    outer,
    look.zoom,
    (zoom) => setLook((before) => ({ ...before, zoom })),
    look.cutting,
  );
  // The zoom of a place is set once, when the place is asked for: what the hand does after that stays.
  useEffect(() => {
    if (place.box && alone) setLook((before) => ({ ...before, zoom: zoomTo(place.box as Box) }));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- not again when a second page comes or goes
  }, [place]);
  const settled = useRef<Place | null>(null);
  useEffect(() => {
    if (!natural || !place.box || !scroller.current) return;
    if (alone && look.zoom !== zoomTo(place.box)) return;
    if (settled.current === place && alone) return;
    settled.current = place;
    scroller.current.scrollTo({
      ...scrollTo(place.box, outer, room, look.turns),
      behavior: "instant",
    });
    tie.align();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- sizes count by value: `outer` and `room` are new objects each time
  }, [place, natural, room.width, room.height, outer.width, outer.height, look.turns, tie]);

  return (
    <div
      className="viewer-scroll"
      ref={scroller}
      onScroll={() => tie.moved(pane)}
      tabIndex={0}
      role="group"
      aria-label={t("viewer.page", { page: place.page })}
    >
      {failed && <p className="state">{t("viewer.failed")}</p>}
      {!natural && !failed && (
        <p className="state" role="status">
          <Spin /> {t("viewer.drawing")}
        </p>
      )}
      <div
        className="viewer-outer"
        style={{
          width: outer.width,
          height: outer.height,
          visibility: natural ? "visible" : "hidden",
        }}
      >
        <div
          className="viewer-page"
          style={{
            width: page.width,
            height: page.height,
            transform: `translate(-50%, -50%) rotate(${look.turns * 90}deg)`,
          }}
        >
          {room.width > 0 && (
            <img
              src={pageUrl(
                id,
                place.document,
                place.page,
                widthToAsk(page.width * Math.min(2, devicePixelRatio)),
                { ...stateOf(place, revision), reveal: revealed },
              )}
              alt={t("viewer.page", { page: place.page })}
              draggable={false}
              onLoad={(event) =>
                setNatural({
                  width: event.currentTarget.naturalWidth,
                  height: event.currentTarget.naturalHeight,
                })
              }
              onError={() => setFailed(true)}
            />
          )}
          {look.heat && <Heat key={look.heat} place={place} kind={look.heat} />}
          {!place.version && <Boxes place={place} />}
          {differences.length > 0 && (
            <DifferenceBoxes
              pane={pane}
              place={place}
              items={differences}
              chosen={chosen}
              jump={jump}
            />
          )}
        </div>
        {look.cutting && <Cutter turns={look.turns} cut={cut} />}
      </div>
    </div>
  );
}

/** How a picture was compressed, its noise or its sharpness, laid over the page: it shows where to look, it proves nothing. */
function Heat({ place, kind }: { place: Place; kind: string }) {
  const { t } = useWords();
  const { id, revision, revealed } = useView();
  const [failed, setFailed] = useState(false);
  if (failed) return <p className="heat-none">{t("viewer.no_heat")}</p>;
  return (
    <img
      className="heat"
      src={heatUrl(id, place.document, place.page, kind, {
        ...stateOf(place, revision),
        reveal: revealed,
      })}
      alt={t(`heat.${kind}`)}
      onError={() => setFailed(true)}
    />
  );
}

/** Draws the rectangle to cut out. */
function Cutter({ turns, cut }: { turns: Look["turns"]; cut: (box: Box) => void }) {
  const [from, setFrom] = useState<[number, number] | null>(null);
  const [to, setTo] = useState<[number, number] | null>(null);
  const point = (event: PointerEvent<HTMLDivElement>): [number, number] => {
    const frame = event.currentTarget.getBoundingClientRect();
    return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
  };
  const drawn = from && to ? boxBetween(from, to) : null;
  const end = () => {
    if (from && to) {
      const box = boxBetween(uprightPoint(...from, turns), uprightPoint(...to, turns));
      if (!isSpeck(box)) cut(box);
    }
    setFrom(null);
    setTo(null);
  };
  return (
    <div
      className="cutter"
      onPointerDown={(event) => setFrom(point(event))}
      onPointerMove={(event) => from && setTo(point(event))}
      onPointerUp={end}
      onPointerLeave={() => setFrom(null)}
    >
      {drawn && (
        <i
          style={{
            left: `${drawn[0] * 100}%`,
            top: `${drawn[1] * 100}%`,
            width: `${(drawn[2] - drawn[0]) * 100}%`,
            height: `${(drawn[3] - drawn[1]) * 100}%`,
          }}
        />
      )}
    </div>
  );
}
