// The line at the foot: what is going on with the server, how long it still takes, what went wrong with a button, and
// which account is nearly full.
import type { AccountView } from "../../ipc/backend";
import { backend } from "../../ipc";
import { attempt } from "../../actions/attempt";
import { Icon } from "../../components/Icon";
import { useAccounts, useOutbox } from "../../state/queries";
import { busiest, calm, type Calm } from "../../state/activity";
import { fullest, type Full as FullAccount } from "../../state/room";
import { useWindow } from "../../state/window";
import { say } from "../../words";
import { clockTime, count, fileSize, timeLeft } from "../../words/times";
import styles from "./StatusLine.module.css";

export function StatusLine() {
  const accounts = useAccounts().data ?? [];
  const outbox = useOutbox().data ?? [];
  const go = useWindow((state) => state.go);
  const busy = busiest(accounts);
  const full = fullest(accounts);
  const leaving = outbox.filter(
    (each) => each.state.kind === "waiting" || each.state.kind === "sending",
  ).length;
  return (
    <footer className={styles.line} aria-label={say("status")}>
      <span role="status" className={styles.part}>
        {busy !== null && <Busy account={busy} />}
      </span>
      <span className={styles.grow} />
      {full !== null && <Full full={full} />}
      {leaving > 0 && (
        <button type="button" className={styles.link} onClick={() => go({ kind: "outbox" })}>
          {say("status-sending", { n: leaving })}
        </button>
      )}
      <span className={styles.part}>{calmWords(calm(accounts, busy))}</span>
    </footer>
  );
}

function Full({ full: { email, quota } }: { full: FullAccount }) {
  const words = say("status-full", { email, used: fileSize(quota.used), limit: fileSize(quota.limit) });
  return (
    <span role="status" className={styles.part}>
      <Icon name="warning" size={13} className={styles.failed} />
      <span className={`${styles.text ?? ""} ${styles.failed ?? ""}`}>{words}</span>
    </span>
  );
}

function Busy({ account }: { account: AccountView }) {
  const { email, activity, id } = account;
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
    case "connecting":
      return <span className={styles.text}>{say("status-connecting", { email })}</span>;
    case "failed":
      return (
        <>
          <Icon name="warning" size={13} className={styles.failed} />
          <span
            className={`${styles.text ?? ""} ${styles.failed ?? ""}`}
            title={activity.trouble.detail ?? undefined}
          >
            {say("status-failed", { email, sentence: activity.trouble.sentence })}
          </span>
          <button
            type="button"
            className={styles.link}
            onClick={() => void attempt(() => backend().syncNow(id))}
          >
            {say("try-again")}
          </button>
        </>
      );
    case "offline":
      return (
        <>
          <Icon name="offline" size={13} />
          <span className={styles.text}>
            {say("status-all-offline", { time: clockTime(activity.since) })}
          </span>
          <button
            type="button"
            className={styles.link}
            onClick={() => void attempt(() => backend().syncNow(null))}
          >
            {say("try-again")}
          </button>
        </>
      );
    default:
      return null;
  }
}

function calmWords(state: Calm): string {
  switch (state.kind) {
    case "none":
      return "";
    case "demo":
      return say("status-demo");
    case "one":
      return say("status-up-to-date", { email: state.email, time: clockTime(state.checkedAt) });
    case "all":
      return say("status-all-up-to-date", { time: clockTime(state.checkedAt) });
  }
}
