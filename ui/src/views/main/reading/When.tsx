// When a letter came, and when it says it was written where that is another time: it was under way for long, came from another mailbox,
// or a clock was wrong.
import { say } from "../../../words";
import { fullTime, letterTime } from "../../../words/times";
import type { HeadOfLetter } from "./ReadLetter";
import styles from "./Letter.module.css";

/** Two clocks differ by some minutes, and a letter may take an hour. */
const SAME = 60 * 60_000;

export function When({ letter: { at, sent = null }, today }: { letter: HeadOfLetter; today: number }) {
  if (at === null) return null;
  const isOther = sent !== null && Math.abs(sent - at) > SAME;
  const came = fullTime(at);
  return (
    <>
      {isOther && (
        <time
          className={styles.sent}
          title={say("head-sent-title", { time: fullTime(sent) })}
          dateTime={new Date(sent).toISOString()}
        >
          {say("head-sent-at", { time: letterTime(sent, today) })}
        </time>
      )}
      <time
        title={isOther ? say("head-came-title", { time: came }) : came}
        dateTime={new Date(at).toISOString()}
      >
        {letterTime(at, today)}
      </time>
    </>
  );
}
