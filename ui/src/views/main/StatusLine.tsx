// The line at the foot: what is going on with the server, how long it still takes, what went wrong with a button, and
// which account is nearly full. Where several accounts are at work, the busiest stands there and the others behind a button.
import { memo } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useAccounts, useOutbox } from "../../state/queries";
import { Icon } from "../../components/Icon";
import { calm, loudest, type Calm } from "../../state/activity";
import { fullest, type Full as FullAccount } from "../../state/room";
import { useWindow } from "../../state/window";
import { say } from "../../words";
import { clockTime, fileSize } from "../../words/times";
import type { AccountView } from "../../ipc/backend";
import { Busy } from "./Busy";
import styles from "./StatusLine.module.css";

export const StatusLine = memo(function StatusLine() {
  const accounts = useAccounts().data ?? [];
  const outbox = useOutbox().data ?? [];
  const go = useWindow((state) => state.go);
  const loud = loudest(accounts);
  const [busy = null] = loud;
  // Without a network one sentence speaks for all.
  const offline = loud.every(({ activity }) => activity.kind === "offline");
  const full = fullest(accounts);
  const leaving = outbox.filter(
    (each) => each.state.kind === "waiting" || each.state.kind === "sending",
  ).length;
  return (
    <footer className={styles.line} aria-label={say("status")}>
      <span role="status" className={styles.part}>
        {busy !== null && <Busy account={busy} />}
      </span>
      {loud.length > 1 && !offline && <Others accounts={loud} />}
      <span className={styles.grow} />
      {full !== null && <Full full={full} />}
      {leaving > 0 && (
        <button type="button" className={styles.link} onClick={() => go({ kind: "outbox" })}>
          {say("status-sending", { n: leaving })}
        </button>
      )}
      <span className={styles.part}>
        <span className={styles.text}>{calmWords(calm(accounts, busy))}</span>
      </span>
    </footer>
  );
});

function Full({ full: { email, quota } }: { full: FullAccount }) {
  const words = say("status-full", { email, used: fileSize(quota.used), limit: fileSize(quota.limit) });
  return (
    <span role="status" className={styles.part}>
      <Icon name="warning" size={13} className={styles.failed} />
      <span className={`${styles.text ?? ""} ${styles.failed ?? ""}`}>{words}</span>
    </span>
  );
}

function Others({ accounts }: { accounts: AccountView[] }) {
  return (
    <DialogTrigger>
      <AriaButton className={styles.link ?? ""}>{say("status-more", { n: accounts.length - 1 })}</AriaButton>
      <Popover placement="top start" offset={6} className={styles.popover ?? ""}>
        <Dialog aria-label={say("status-each")} className={styles.each ?? ""}>
          <ul>
            {accounts.map((account) => (
              <li key={account.id}>
                <Busy account={account} />
              </li>
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function calmWords(state: Calm): string {
  switch (state.kind) {
    case "none":
      return "";
    case "demo":
      return say("status-demo");
    case "one":
      return say("status-up-to-date", {
        email: state.email,
        time: clockTime(state.checkedAt),
        shut: state.shut,
      });
    case "all":
      return say("status-all-up-to-date", { time: clockTime(state.checkedAt), shut: state.shut });
  }
}
