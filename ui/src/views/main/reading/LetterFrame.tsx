// The letter itself, in a frame without scripts whose whole document came from the sanitiser. Nothing here touches that
// document; it is only measured, so that each letter is as high as it is, and what was searched for is marked in it.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
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
  const turns = useRef({ count: 0, width: 0, height: 0 });
  const filled = useRef<{ frame: HTMLIFrameElement; page: Document } | null>(null);
  const [emptied, setEmptied] = useState(0);
  // Until it is measured, the beginning of the letter tells about how high it will be.
  const [height, setHeight] = useState(() => 20 * Math.max(2, Math.ceil(guess.length / 80)));

  useEffect(
    () => () => {
      // What was found in it is gone with it.
      markSearched();
    },
    [],
  );
  // Before anything is drawn the letter is in its frame, and the frame is as high as the letter.
  useLayoutEffect(() => {
    const { current: at } = frame;
    const page = at?.contentDocument;
    if (content === null || at === null || page == null) return;
    const measure = () => {
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
    fill(page, content);
    filled.current = { frame: at, page };
    turns.current = { count: 0, width: 0, height: 0 };
    const observer = new ResizeObserver(measure);
    observer.observe(page.documentElement);
    observer.observe(page.body);
    measure();
    markSearched();
    return () => observer.disconnect();
  }, [content, emptied]);
  // A frame that is put elsewhere in the page begins anew with an empty one.
  const onLoad = () => {
    const { current: known } = filled;
    if (known !== null && known.frame === frame.current && known.page !== known.frame.contentDocument)
      setEmptied((times) => times + 1);
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
        // Another document has another frame: whatever is known of the one before, its policy too, goes with it.
        key={content}
        ref={frame}
        title={title}
        className={styles.frame}
        data-letter
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        style={size === 100 ? { height } : scaled}
        onLoad={onLoad}
      />
    </div>
  );
}

/**
 * Writes a letter into the empty page of its frame, which is there as soon as the frame is. A frame that is given its document
 * (`srcdoc`) goes there as to any other page: the web view's other processes are asked first whether it may, and the frame is
 * empty until they have answered.
 */
function fill(page: Document, content: string): void {
  page.open();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way to give a page that is there a doctype
  page.write(content);
  page.close();
}
