// What is said of the pictures of a letter while they are shown: how many could not be fetched, whose, and why, with another try. Its room
// is there from the moment that they are asked for.
import { Button as AriaButton } from "react-aria-components";
import type { MissedView, RemoteView } from "../../../ipc/backend";
import { say } from "../../../words";
import type { Missed } from "./useMissed";
import styles from "./Letter.module.css";

/** As many hosts as a line has room for. */
const NAMED = 2;

interface Props {
  missed: Missed;
  remote: RemoteView;
  /** They are shown for this once, and not from now on. */
  once: boolean;
  /** What is said where all have come. */
  children: React.ReactNode;
}

export function MissedLine({ missed: { told = [], all }, remote, once, children }: Props) {
  const worst = remote.hosts.map(({ host, count }) => ({ host, count, why: "within" as const }));
  return (
    <span className={styles.room} data-room={[sentence(worst, all + 1, once), say("shield-again")].join(" ")}>
      {told.length > 0 ? <span role="status">{sentence(told, all, once)}</span> : <span>{children}</span>}
    </span>
  );
}

/** It has its place as long as some may fail. */
export function TryAgain({ missed: { told, again } }: { missed: Missed }) {
  const isThere = told !== undefined && told.length > 0;
  return (
    <AriaButton
      className={styles.allow ?? ""}
      style={isThere ? undefined : { visibility: "hidden" }}
      isDisabled={!isThere}
      onPress={again}
    >
      {say("shield-again")}
    </AriaButton>
  );
}

function sentence(missed: readonly MissedView[], all: number, once: boolean): string {
  const n = missed.reduce((sum, { count }) => sum + count, 0);
  const named = missed
    .slice(0, NAMED)
    .map(({ host, why }) => say("shield-missed-host", { host, why: say(`missed-${why}`) }));
  const left = missed.length - named.length;
  if (left > 0) named.push(say("shield-missed-more", { n: left }));
  const args = { n, all, hosts: named.join(", ") };
  if (n >= all) return say("shield-missed-all", args);
  return say(once ? "shield-missed" : "shield-missed-always", args);
}
