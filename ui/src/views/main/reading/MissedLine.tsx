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
  const longest = [...remote.hosts].sort((one, other) => other.host.length - one.host.length);
  const worst = longest.map(({ host, count }) => ({ host, count, why: "within" as const }));
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
  const hosts = byHost(missed);
  const named = hosts
    .slice(0, NAMED)
    .map(({ host, why }) => say("shield-missed-host", { host, why: say(`missed-${why}`) }));
  const left = hosts.length - named.length;
  if (left > 0) named.push(say("shield-missed-more", { n: left }));
  const args = { n, all, hosts: named.join(", ") };
  if (n >= all) return say("shield-missed-all", args);
  return say(once ? "shield-missed" : "shield-missed-always", args);
}

/** Each host once, for the reason that most of its pictures are missed for: those of which most are missed come first. */
function byHost(missed: readonly MissedView[]): MissedView[] {
  const hosts = new Map<string, MissedView & { most: number }>();
  for (const one of missed) {
    const known = hosts.get(one.host);
    if (known === undefined) {
      hosts.set(one.host, { ...one, most: one.count });
      continue;
    }
    if (one.count > known.most) Object.assign(known, { why: one.why, most: one.count });
    known.count += one.count;
  }
  // What is as many stays in the order that it came in.
  return [...hosts.values()].sort((one, other) => other.count - one.count);
}
