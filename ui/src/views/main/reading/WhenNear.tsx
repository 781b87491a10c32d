// A place in the conversation that is filled when it comes near the part that is seen. A letter is a frame and a question to the
// engine; whoever scrolls past many of them at once needs few.
import { useEffect, useRef, useState } from "react";
import styles from "./Letter.module.css";

/** How far off, in pixels: about a screen. */
const NEAR = "800px 0px";

interface Props {
  /** Filled from the beginning. */
  atOnce: boolean;
  /** What it is, until then. */
  label: string;
  children: React.ReactNode;
}

export function WhenNear({ atOnce, label, children }: Props) {
  const [near, setNear] = useState(atOnce);
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
  if (near) return children;
  return (
    <div ref={place} className={styles.far} role="status">
      {label}
    </div>
  );
}
