// A picture of a letter by itself: as large as there is room for, or larger, and moved with the arrows then. One that cannot be drawn says so.
import { useEffect, useRef, useState } from "react";
import { IconButton } from "../../../components/IconButton";
import { useSheetKeys } from "../../../components/useSheetKeys";
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

  /** How large it is drawn now, so that the next step is a step from there. */
  const drawn = () =>
    size ?? Math.round(((picture.current?.clientWidth ?? 0) / Math.max(1, natural?.width ?? 1)) * 100);
  const larger = () => setSize(SIZES.find((each) => each > drawn()) ?? 400);
  const smaller = () => setSize(SIZES.findLast((each) => each < drawn()) ?? 10);
  const keys: Record<string, () => void> = {
    "+": larger,
    "=": larger,
    "-": smaller,
    "0": () => setSize(null),
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
          onDoubleClick={() => setSize(size === null ? 100 : null)}
        />
      </div>
    </div>
  );
}
