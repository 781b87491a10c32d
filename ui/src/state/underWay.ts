// What is done to very many letters and is not over yet: what it is, how far it has come, and how it is stopped. Each has its own
// place, which it keeps until all of them are over: a press that is meant for the one must not come upon another.
import { create } from "zustand";
import type { LongWorkView } from "../ipc/backend";

/** What is over sooner is not worth a sentence. In milliseconds. */
const SHOWN_AFTER = 300;

export interface Work {
  /** What the engine calls it when it tells how far it is. */
  name: string;
  /** What is being done, in words, with so many letters or rows. */
  doing: (what: string) => string;
  /** The rows that it is done to, in words, as long as nobody has counted their letters. */
  rows: string;
  /** Letters; none while nobody has said how far it is. */
  done: number;
  total: number;
  /** Null: it cannot be stopped. */
  stop: (() => void) | null;
  state: "hidden" | "shown" | "stopping" | "over";
  /** What is said of it once it is over and others are not. */
  outcome: string;
}

interface UnderWay {
  /** The newest first. */
  works: readonly Work[];
}

export const useUnderWay = create<UnderWay>(() => ({ works: [] }));

function change(name: string, now: Partial<Work>): void {
  useUnderWay.setState(({ works }) => ({
    works: works.map((work) => (work.name === name ? { ...work, ...now } : work)),
  }));
}

const isShown = ({ state }: Work) => state === "shown" || state === "stopping";

export function shownWorks(works: readonly Work[]): Work[] {
  return works.filter(({ state }) => state !== "hidden");
}

/** Shows it as under way until the answer is called, with what came of it. */
export function showUnderWay(
  work: Pick<Work, "name" | "doing" | "rows" | "stop">,
): (outcome?: string) => void {
  const { name } = work;
  useUnderWay.setState(({ works }) => ({
    works: [{ ...work, done: 0, total: 0, state: "hidden", outcome: "" }, ...works],
  }));
  const timer = setTimeout(() => change(name, { state: "shown" }), SHOWN_AFTER);
  return (outcome = "") => {
    clearTimeout(timer);
    useUnderWay.setState(({ works }) => {
      const others = works.filter((each) => each.name !== name);
      const wasShown = works.some((each) => each.name === name && isShown(each));
      if (!others.some(isShown)) return { works: others.filter(({ state }) => state !== "over") };
      if (!wasShown) return { works: others };
      return {
        works: works.map((each) => (each.name === name ? { ...each, state: "over", outcome } : each)),
      };
    });
  };
}

/** The person has pressed Stop at this one. */
export function stopWork({ name, state, stop }: Work): void {
  if (state !== "shown" || stop === null) return;
  change(name, { state: "stopping" });
  stop();
}

/** The engine has come so far with it. */
export function noteProgress(of: LongWorkView, done: number, total: number): void {
  change(of.kind === "run" ? of.run : of.undo, { done, total });
}
