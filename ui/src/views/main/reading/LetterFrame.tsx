// The letter itself, in a frame without scripts whose whole document came from the sanitiser. Nothing here touches that
// document; it is only measured, so that each letter is as high as it is, and what was searched for is marked in it.
import { useEffect, useRef, useState } from "react";
import { markSearched } from "../../../state/letterFind";
import { say } from "../../../words";
import styles from "./Letter.module.css";

/** No letter is higher on the screen, in pixels; what is below is reached by the frame's own scroll bar. */
const HIGHEST = 400_000;
/** A letter whose height has changed so often in a frame of the same width was made not to come to rest, and is left as high as it is. */
const MOST_TURNS = 500;

export function LetterFrame({
  title,
  document: content,
  guess,
  size = 100,
}: {
  title: string;
  document: string | null;
  guess: string;
  /** In hundredths. */
  size?: number;
}) {
  const frame = useRef<HTMLIFrameElement>(null);
  const observer = useRef<ResizeObserver | null>(null);
  const turns = useRef({ count: 0, width: 0, height: 0 });
  // Until it is measured, the beginning of the letter tells about how high it will be.
  const [height, setHeight] = useState(() => 20 * Math.max(2, Math.ceil(guess.length / 80)));

  useEffect(
    () => () => {
      observer.current?.disconnect();
      // What was found in it is gone with it.
      markSearched();
    },
    [],
  );
  const measure = () => {
    const page = frame.current?.contentDocument;
    if (!page?.body) return;
    const root = page.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? 14 : 0;
    const whole = Math.ceil(Math.max(root.getBoundingClientRect().height, page.body.scrollHeight)) + wide;
    const next = Math.min(whole, HIGHEST);
    const { clientWidth: width } = root;
    const { current: before } = turns;
    // Another width is a new beginning: whoever draws the window larger changes the height with every step.
    if (before.width !== width) turns.current = { count: 0, width, height: next };
    else if (Math.abs(before.height - next) >= 1)
      turns.current = { count: before.count + 1, width, height: next };
    if (turns.current.count > MOST_TURNS) return;
    setHeight((before) => (Math.abs(before - next) < 1 ? before : next));
  };
  const onLoad = () => {
    observer.current?.disconnect();
    const page = frame.current?.contentDocument;
    if (!page?.body) return;
    observer.current = new ResizeObserver(measure);
    observer.current.observe(page.documentElement);
    observer.current.observe(page.body);
    turns.current = { count: 0, width: 0, height: 0 };
    measure();
    markSearched();
  };
  if (content === null) {
    return (
      <div className={styles.waiting} style={{ minHeight: height }} role="status" data-coming="">
        {say("letter-loading")}
      </div>
    );
  }
  // Larger, the frame is narrower before it is drawn larger, so that a letter flows anew instead of being cut off.
  const larger = size / 100;
  const scaled = { height, width: `${100 / larger}%`, transform: `scale(${larger})`, transformOrigin: "0 0" };
  return (
    <div className={styles.place} style={{ height: height * larger }}>
      <iframe
        ref={frame}
        title={title}
        className={styles.frame}
        data-letter
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcDoc={content}
        style={size === 100 ? { height } : scaled}
        onLoad={onLoad}
      />
    </div>
  );
}
