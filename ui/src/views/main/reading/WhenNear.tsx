// A place in the conversation that is filled when it comes near the part that is seen. A letter is a frame and a question to the
// engine; whoever scrolls past many of them at once needs few.
import { useEffect, useLayoutEffect, useState } from "react";
import { followLetter, placeOf } from "../../../state/here";
import { useFocusStays } from "./useFocusStays";
import styles from "./Letter.module.css";

/** How far off, in pixels: about a screen. */
const NEAR = "800px 0px";

interface Props {
  /** The letter whose place it is: the keys stop there before it is filled, too. */
  email: string;
  /** Filled from the beginning, or from the moment on when this is so, and as near as if it was seen. */
  atOnce: boolean;
  /** Filled as well, however far off: its words are looked for. */
  filled: boolean;
  /** What it is, until then. */
  label: string;
  /** It is filled and has come near. */
  onNear: (email: string) => void;
  children: React.ReactNode;
}

export function WhenNear({ email, atOnce, filled, label, onNear, children }: Props) {
  const [near, setNear] = useState(atOnce);
  if (atOnce && !near) setNear(true);
  // What is filled stays so: the letters around it would move.
  const [there, setThere] = useState(near || filled);
  if ((near || filled) && !there) setThere(true);
  useEffect(() => {
    const place = near ? undefined : placeOf(email);
    if (place === undefined) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { root: document.getElementById("reading"), rootMargin: NEAR },
    );
    watch.observe(place);
    return () => watch.disconnect();
  }, [near, there, email]);
  useLayoutEffect(() => followLetter(), [there]);
  useEffect(() => {
    if (near) onNear(email);
  }, [near, email, onNear]);
  return there ? children : <Far email={email} label={label} />;
}

function Far({ email, label }: { email: string; label: string }) {
  useFocusStays(email);
  return (
    <div className={styles.far} data-far="" data-email={email} tabIndex={-1}>
      {label}
    </div>
  );
}
