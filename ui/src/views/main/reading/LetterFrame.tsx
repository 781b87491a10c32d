// The letter itself, in a frame without scripts. The page is written as the sanitiser gave it, and nothing is changed in it here: it
// is measured, so that each letter is as high as it is, and what was searched for is marked in it by highlights.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { handOnKeys } from "../../../actions/letterKeys";
import { stepOut } from "../../../state/here";
import { markSearched } from "../../../state/letterFind";
import { followLinks } from "../../../state/linkGoal";
import { followSizeWheel } from "../../../state/sizeWheel";
import { useTheme } from "../../../state/theme";
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
  // Until it is measured, the beginning of the letter tells about how high it will be.
  const [height, setHeight] = useState(() => 20 * Math.max(2, Math.ceil(guess.length / 80)));

  useEffect(
    () => () => {
      // What was found in it is gone with it.
      markSearched();
    },
    [],
  );
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
      <Frame
        // Another document has another frame: whatever is known of the one before, its policy too, goes with it.
        key={content}
        title={title}
        content={content}
        style={size === 100 ? { height } : scaled}
        onHeight={setHeight}
      />
    </div>
  );
}

interface FrameProps {
  title: string;
  content: string;
  style: React.CSSProperties;
  /** In pixels of the letter's own page; always the same function. */
  onHeight: (height: number) => void;
}

/** One document in its frame, from the first to the last. */
function Frame({ title, content, style, onHeight }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const dark = useTheme((state) => state.dark);
  const [light, setLight] = useState(false);
  // Before anything is drawn the letter is in its frame, and the frame is as high as the letter.
  useLayoutEffect(() => {
    const { current: at } = frame;
    if (at === null) return;
    let shown = show(at, content, onHeight);
    setLight(isLight(shown.page));
    // A frame that is put elsewhere in the page begins anew with an empty one. The web view says so while it is moved, when React,
    // which moves it, hears no event.
    const onLoad = () => {
      if (shown.page === at.contentDocument) return;
      shown.end();
      shown = show(at, content, onHeight);
    };
    at.addEventListener("load", onLoad);
    const leaveLinks = followLinks(at);
    return () => {
      leaveLinks();
      at.removeEventListener("load", onLoad);
      shown.end();
      // The end of a layout effect comes before the element is taken out. Whoever is in the frame stays in the letter with the keys.
      if (document.activeElement === at) stepOut();
    };
  }, [content, onHeight]);
  return (
    <iframe
      ref={frame}
      title={title}
      className={styles.frame}
      data-letter
      data-apart={(dark && light) || undefined}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      style={style}
    />
  );
}

/** Whether a letter lies on light paper. Its page says so itself. */
const isLight = (page: Document | null) =>
  page !== null && getComputedStyle(page.documentElement).colorScheme === "light";

/** Writes the letter into the page that the frame has now, and tells how high that is, until the end is called. */
function show(
  frame: HTMLIFrameElement,
  content: string,
  onHeight: (height: number) => void,
): { page: Document | null; end: () => void } {
  const page = frame.contentDocument;
  if (page === null) return { page, end: () => undefined };
  let turns = { count: 0, width: -1, height: 0 };
  const measure = () => {
    const root = page.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? 14 : 0;
    const whole = Math.ceil(Math.max(root.getBoundingClientRect().height, page.body.scrollHeight)) + wide;
    const height = Math.min(whole, HIGHEST);
    // How wide the frame is, and not what is in it: a letter can make scroll bars come and go in that.
    const { clientWidth: width } = frame;
    if (turns.width === width && Math.abs(turns.height - height) < 1) return;
    // Another width is a new beginning: whoever draws the window larger changes the height with every step.
    turns = { count: turns.width === width ? turns.count + 1 : 0, width, height };
    if (turns.count <= MOST_TURNS) onHeight(height);
  };
  fill(page, content);
  const observer = new ResizeObserver(measure);
  observer.observe(page.documentElement);
  observer.observe(page.body);
  measure();
  markSearched();
  // Not every web view tells of what is done in a page without scripts. Where it does not, the window around the page hears of the
  // wheel, and the shell of the keys.
  followSizeWheel(page);
  handOnKeys(page, frame);
  return { page, end: () => observer.disconnect() };
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
