// What one account is at, in a line: how far it is, that it is paused, or why it cannot, with the button that helps.
import type { AccountView } from "../../ipc/backend";
import { backend } from "../../ipc";
import { attempt } from "../../actions/attempt";
import { resume } from "../../actions/keeping";
import { called, mendingOf } from "../../state/accounts";
import { wantUnlocking } from "../../state/unlocking";
import { useWindow } from "../../state/window";
import { Icon } from "../../components/Icon";
import { say } from "../../words";
import { clockTime, count, timeLeft } from "../../words/times";
import styles from "./StatusLine.module.css";

export function Busy({ account }: { account: AccountView }) {
  const { activity, id } = account;
  const email = called(account);
  const ask = useWindow((state) => state.ask);
  switch (activity.kind) {
    case "syncing": {
      const share = activity.total > 0 ? Math.min(1, activity.done / activity.total) : 0;
      return (
        <>
          <span className={styles.text}>
            {say("status-syncing", { email, done: count(activity.done), total: count(activity.total) })}
          </span>
          <span
            role="progressbar"
            aria-label={say("status-meter", { email })}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
            className={styles.meter}
          >
            <i style={{ width: `${share * 100}%` }} />
          </span>
          {activity.secondsLeft !== null && <span>{timeLeft(activity.secondsLeft)}</span>}
        </>
      );
    }
    case "deleting":
      return (
        <span className={styles.text}>
          {say("status-deleting", { email, left: activity.left, count: count(activity.left) })}
        </span>
      );
    case "connecting":
      return <span className={styles.text}>{say("status-connecting", { email })}</span>;
    case "paused":
      return (
        <>
          <Icon name="pause" size={13} />
          <span className={styles.text}>
            {say("status-paused", { email, waiting: activity.waiting, count: count(activity.waiting) })}
          </span>
          <Link words="status-resume" onPress={() => void resume(id)} />
        </>
      );
    case "waiting":
      return (
        <>
          <Icon name="clock" size={13} />
          <span className={styles.text} title={activity.trouble.detail ?? undefined}>
            {say("status-waiting", {
              email,
              sentence: activity.trouble.sentence,
              time: clockTime(activity.until),
            })}
          </span>
          <Link words="try-again" onPress={() => void attempt(() => backend().syncNow(id))} />
        </>
      );
    case "failed":
      return (
        <>
          <Icon name="warning" size={13} className={styles.failed} />
          <span
            className={`${styles.text ?? ""} ${styles.failed ?? ""}`}
            title={[activity.trouble.sentence, activity.trouble.detail ?? ""].join(" ").trim()}
          >
            {say("status-failed", { email, sentence: activity.trouble.sentence })}
          </span>
          {mendingOf(activity.trouble) === "signIn" && (
            <Link words="signin-again" onPress={() => ask({ kind: "signIn", account: id })} />
          )}
          {mendingOf(activity.trouble) === "servers" && (
            <Link words="servers-change" onPress={() => ask({ kind: "servers", account: id })} />
          )}
          {activity.trouble.kind === "vault" ? (
            <Link words="remedy-open-vault" onPress={wantUnlocking} />
          ) : (
            <Link words="try-again" onPress={() => void attempt(() => backend().syncNow(id))} />
          )}
        </>
      );
    case "offline":
      return (
        <>
          <Icon name="offline" size={13} />
          <span className={styles.text}>
            {say("status-all-offline", { time: clockTime(activity.since) })}
          </span>
          <Link words="try-again" onPress={() => void attempt(() => backend().syncNow(null))} />
        </>
      );
    default:
      return null;
  }
}

function Link({ words, onPress }: { words: string; onPress: () => void }) {
  return (
    <button type="button" className={styles.link} onClick={onPress}>
      {say(words)}
    </button>
  );
}
