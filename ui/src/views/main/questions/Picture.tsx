// A picture of a letter by itself: as large as there is room for, or larger, and moved with the arrows then. One that cannot be drawn says so.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { IconButton } from "../../../components/IconButton";
import { focusInSheet, useSheetKeys } from "../../../components/useSheetKeys";
import { say } from "../../../words";
import styles from "./Picture.module.css";

/** Hundredths of its own size. */
const SIZES = [10, 25, 50, 75, 100, 150, 200, 300, 400];

/** The web view of Linux knows only when it has tried to draw a picture that it is broken, in milliseconds. */
const DRAWN = 300;

export function Picture({ address, name }: { address: string; name: string }) {
  /** Null: as large as there is room for. */
  const [size, setSize] = useState<number | null>(null);
  const [natural, setNatural] = useState<{ width: number; height: number } | null>(null);
  const [failed, setFailed] = useState(false);
  const picture = useRef<HTMLImageElement>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => void (isGone.current = true);
  }, []);

  const stage = useRef<HTMLDivElement>(null);
  const arrive = useCallback((place: HTMLDivElement | null) => {
    stage.current = place;
    focusInSheet(place);
  }, []);
  // What was in the middle stays there.
  const middle = useRef<Middle | null>(null);
  useLayoutEffect(() => {
    if (stage.current !== null && middle.current !== null) putInMiddle(stage.current, middle.current);
    middle.current = null;
  }, [size]);

  const resize = (next: (drawn: number) => number | null) => {
    // Nobody knows yet how large it is.
    if (natural === null || stage.current === null || picture.current === null) return;
    const { clientWidth } = picture.current;
    middle.current = middleOf(stage.current);
    // The next step is a step from how large it is drawn now.
    setSize(next(size ?? Math.round((clientWidth / Math.max(1, natural.width)) * 100)));
  };
  const larger = () => resize((drawn) => SIZES.find((each) => each > drawn) ?? 400);
  const smaller = () => resize((drawn) => SIZES.findLast((each) => each < drawn) ?? 10);
  const fit = () => resize(() => null);
  const keys: Record<string, () => void> = {
    "+": larger,
    "=": larger,
    "-": smaller,
    "0": fit,
  };
  const place = useSheetKeys((event) => {
    const deed = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  });

  /** What was cut off on its way has a size, and nothing that could be seen. */
  const loaded = (image: HTMLImageElement) => {
    setNatural({ width: image.naturalWidth, height: image.naturalHeight });
    const drawable = async () => {
      await image.decode();
      await new Promise((done) => setTimeout(done, DRAWN));
      await image.decode();
    };
    drawable().catch(() => {
      if (!isGone.current) setFailed(true);
    });
  };

  if (failed) return <p role="alert">{say("preview-broken")}</p>;
  return (
    <div ref={place} className={styles.whole}>
      <div className={styles.tools} role="toolbar" aria-label={say("preview-size")}>
        <IconButton icon="minus" label={say("pages-smaller")} shortcut="-" onPress={smaller} />
        <span role="status">
          {natural === null ? say("loading") : size === null ? say("preview-fits") : `${String(size)} %`}
        </span>
        <IconButton icon="plus" label={say("pages-larger")} shortcut="+" onPress={larger} />
      </div>
      <div
        ref={arrive}
        className={styles.stage}
        role="document"
        aria-label={name}
        tabIndex={0}
        data-fits={size === null || undefined}
      >
        <img
          ref={picture}
          className={styles.picture}
          src={address}
          alt={name}
          style={size === null || natural === null ? undefined : { width: (natural.width * size) / 100 }}
          onLoad={(event) => loaded(event.currentTarget)}
          onError={() => setFailed(true)}
          onDoubleClick={() => resize(() => (size === null ? 100 : null))}
        />
      </div>
    </div>
  );
}

/** What is in the middle of a place, as parts of what is in it: 0.5 is halfway. */
interface Middle {
  x: number;
  y: number;
}

function middleOf(stage: Element): Middle {
  const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = stage;
  return {
    x: (scrollLeft + clientWidth / 2) / Math.max(1, scrollWidth),
    y: (scrollTop + clientHeight / 2) / Math.max(1, scrollHeight),
  };
}

function putInMiddle(stage: Element, { x, y }: Middle): void {
  stage.scrollLeft = x * stage.scrollWidth - stage.clientWidth / 2;
  stage.scrollTop = y * stage.scrollHeight - stage.clientHeight / 2;
}
