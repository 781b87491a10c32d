// When a letter came, and when it says it was written where that is another time: it was under way for long, came from another mailbox,
// or a clock was wrong.
import { say } from "../../../words";
import { fullTime, letterTime } from "../../../words/times";
import type { HeadOfLetter } from "./ReadLetter";
import styles from "./Letter.module.css";

/** Two clocks differ by some minutes, and a letter may take an hour. */
const SAME = 60 * 60_000;

const isOther = (at: number | null, sent: number | null): sent is number =>
  at !== null && sent !== null && Math.abs(sent - at) > SAME;

export function When({ letter: { at, sent = null }, today }: { letter: HeadOfLetter; today: number }) {
  if (at === null) return null;
  const came = fullTime(at);
  return (
    <time
      title={isOther(at, sent) ? say("head-came-title", { time: came }) : came}
      dateTime={new Date(at).toISOString()}
    >
      {letterTime(at, today)}
    </time>
  );
}

/** A line of its own: beside the other time it would take the room of the sender. */
export function Written({ letter: { at, sent = null }, today }: { letter: HeadOfLetter; today: number }) {
  if (!isOther(at, sent)) return null;
  return (
    <time
      className={styles.sent}
      title={say("head-sent-title", { time: fullTime(sent) })}
      dateTime={new Date(sent).toISOString()}
    >
      {say("head-sent-at", { time: letterTime(sent, today) })}
    </time>
  );
}
