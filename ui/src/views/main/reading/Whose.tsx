// Whose pictures were kept out of a letter, and who would have heard that it is read. Where it is more than a line has room for, the rest
// is named when it is asked for.
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { RemoteView } from "../../../ipc/backend";
import { stepOut } from "../../../state/here";
import { say } from "../../../words";
import styles from "./Letter.module.css";

/** As many hosts as a line has room for. */
const NAMED = 2;
/** No letter fills the window with them. */
const MOST = 200;

/** "Pictures: 6 from img.rustnieuws.example, 1 from pixel.example. Tracked by Mailchimp." How many there are in all stands before it. */
export function Whose({ remote: { hosts, trackers } }: { remote: RemoteView }) {
  const [all, setAll] = useState(false);
  const counters = [...new Set(trackers.map(({ service, host }) => service ?? host))];
  const most = all ? MOST : NAMED;
  // Naming one more is as short as saying that there is one.
  const isWhole = (list: readonly unknown[]) => list.length <= most + (all ? 0 : 1);
  const some = <T,>(list: T[]) => (isWhole(list) ? list : list.slice(0, most));
  const parts = [fromWhere(hosts, some(hosts)), byWhom(counters, some(counters))];
  const hasMore = !all && !(isWhole(hosts) && isWhole(counters));
  return (
    <>
      {parts.filter((part) => part !== "").join(" ")}
      {hasMore && (
        <>
          {" "}
          <AriaButton
            className={styles.allow ?? ""}
            onPress={() => {
              stepOut();
              setAll(true);
            }}
          >
            {say("shield-name-all")}
          </AriaButton>
        </>
      )}
    </>
  );
}

function fromWhere(hosts: RemoteView["hosts"], some: RemoteView["hosts"]): string {
  const [first] = hosts;
  if (first === undefined) return "";
  if (hosts.length === 1) return say("shield-from-one", { host: first.host });
  const named = some.map(({ host, count }) => say("shield-host", { host, n: count }));
  const left = hosts.length - some.length;
  if (left > 0) named.push(say("shield-hosts-more", { n: left }));
  return say("shield-from", { hosts: named.join(", ") });
}

function byWhom(counters: string[], some: string[]): string {
  if (counters.length === 0) return "";
  const left = counters.length - some.length;
  const names = left === 0 ? some : [...some, say("shield-trackers-more", { n: left })];
  return say("shield-by", { names: names.join(", ") });
}
