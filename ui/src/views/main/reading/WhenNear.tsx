// A place in the conversation that is filled when it comes near the part that is seen. A letter is a frame and a question to the
// engine; whoever scrolls past many of them at once needs few.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { followLetter } from "../../../state/here";
import { useFocusStays } from "./useFocusStays";
import styles from "./Letter.module.css";

/** How far off, in pixels: about a screen. */
const NEAR = "800px 0px";

interface Props {
  /** The letter whose place it is: the keys stop there before it is filled, too. */
  email: string;
  /** Filled from the beginning, or from the moment on when this is so. */
  atOnce: boolean;
  /** What it is, until then. */
  label: string;
  children: React.ReactNode;
}

export function WhenNear({ email, atOnce, label, children }: Props) {
  const [near, setNear] = useState(atOnce);
  // What is filled stays so: the letters around it would move.
  if (atOnce && !near) setNear(true);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (near || place.current === null) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { root: document.getElementById("reading"), rootMargin: NEAR },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [near]);
  useLayoutEffect(() => followLetter(), [near]);
  if (near) return children;
  return <Far email={email} label={label} place={place} />;
}

function Far({ email, label, place }: { email: string; label: string; place: React.Ref<HTMLDivElement> }) {
  useFocusStays(email);
  return (
    <div ref={place} className={styles.far} data-far="" data-email={email} tabIndex={-1}>
      {label}
    </div>
  );
}
