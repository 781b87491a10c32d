// One letter of the outbox: whom it is for, how far it is, what its server said, and what can be done about it.
import { dismiss, edit, retry } from "../../actions/outbox";
import { Avatar } from "../../components/Avatar";
import { Button } from "../../components/Button";
import type { SubmissionView } from "../../ipc/backend";
import { chancesOf, stateWord } from "../../state/outbox";
import { say } from "../../words";
import { nameOf } from "../../words/address";
import { reportWords } from "../../words/reports";
import { timeToCome } from "../../words/later";
import { letterTime } from "../../words/times";
import styles from "./SubmissionRow.module.css";

export function SubmissionRow({ letter }: { letter: SubmissionView }) {
  const { state, recipients } = letter;
  const now = Date.now();
  const people = recipients.map(nameOf).join(", ") || say("outbox-nobody");
  const subject = letter.subject || say("outbox-untitled");
  const word = stateWord(letter, now);
  const chances = chancesOf(letter);
  const first = recipients[0];
  return (
    <li className={styles.row} aria-label={subject}>
      <Avatar name={first ? nameOf(first) : "?"} email={first?.email ?? ""} />
      <div className={styles.text}>
        <div className={styles.first}>
          <strong className={styles.subject}>{subject}</strong>
          <span className={styles.state} data-state={state.kind}>
            {say(word, {
              time: timeToCome(letter.holdUntil ?? letter.sendAt, now),
              attempts: letter.attempts,
              percent: letter.progress ?? 0,
            })}
          </span>
        </div>
        {state.kind === "sending" && letter.progress !== null && (
          <span
            role="progressbar"
            aria-label={say("outbox-progress", { subject })}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={letter.progress}
            className={styles.progress}
          >
            <i style={{ width: `${letter.progress}%` }} />
          </span>
        )}
        <p className={styles.people}>
          {say("outbox-to", { people })} · {letterTime(letter.createdAt)}
        </p>
        {state.kind === "failed" && (
          <p className={styles.words}>
            {state.trouble.sentence}{" "}
            {state.trouble.detail && say("outbox-server-said", { words: state.trouble.detail })}
          </p>
        )}
        {state.kind === "unknown" && (
          <p className={styles.doubt}>
            {say(letter.isLookedFor ? "outbox-looking-why" : "outbox-unknown-why")}
          </p>
        )}
        {letter.reports.map((line) => (
          <p
            key={line.recipient + line.fate}
            className={line.fate === "failed" ? styles.words : styles.people}
          >
            {reportWords(line)}
          </p>
        ))}
        {state.kind === "sent" && state.reply && (
          <p className={styles.people}>{say("outbox-server-said", { words: state.reply })}</p>
        )}
      </div>
      <div className={styles.buttons}>
        {chances.retry && (
          <Button onPress={() => void retry(letter.id)} aria-description={subject}>
            {say(chances.retry)}
          </Button>
        )}
        {chances.edit && (
          <Button onPress={() => void edit(letter.id)} aria-description={subject}>
            {say("outbox-edit")}
          </Button>
        )}
        {chances.dismiss && (
          <Button kind="quiet" onPress={() => void dismiss(letter)} aria-description={subject}>
            {say("outbox-dismiss")}
          </Button>
        )}
      </div>
    </li>
  );
}
