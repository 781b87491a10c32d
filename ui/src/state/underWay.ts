// What is done to very many letters and is not over yet: what it is, how far it has come, and how it is stopped.
import { create } from "zustand";

/** What is over sooner is not worth a sentence. In milliseconds. */
const SHOWN_AFTER = 300;

interface UnderWay {
  /** Null while nothing is shown as under way. */
  text: string | null;
  /** Letters; none while nobody has said how far it is. */
  done: number;
  total: number;
  stop: (() => void) | null;
}

const nothing: UnderWay = { text: null, done: 0, total: 0, stop: null };

export const useUnderWay = create<UnderWay>(() => nothing);

let newest = 0;

/** Shows it as under way until the answer is called. The last that was begun is shown. */
export function showUnderWay(text: string, stop: (() => void) | null): () => void {
  newest += 1;
  const mine = newest;
  useUnderWay.setState(nothing);
  const timer = setTimeout(() => {
    if (newest === mine) useUnderWay.setState({ text, stop });
  }, SHOWN_AFTER);
  return () => {
    clearTimeout(timer);
    if (newest === mine) useUnderWay.setState(nothing);
  };
}

/** The engine has come so far with it. */
export function noteProgress(done: number, total: number): void {
  useUnderWay.setState({ done, total });
}
