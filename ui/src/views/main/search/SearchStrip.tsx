// The line above what was found: whether Trash and Junk are searched, what comes first, how much there is, keeping the search as a folder;
// below it how far the index is, what is odd about the query, and what servers have found.
import { useEffect, useState } from "react";
import type { Listing } from "../../../ipc/backend";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import { Tip } from "../../../components/Tip";
import { askServers, useFoundThere } from "../../../state/foundThere";
import { howFarIndexed, useIndexing } from "../../../state/indexing";
import { useAccountsAtRest } from "../../../state/queries";
import { useRested, useRestedFaults } from "../../../state/rested";
import { useGathered } from "../../../state/rows";
import { isBest, withBest } from "../../../state/bestFirst";
import { hasToken, withToken } from "../../../state/search";
import { useWindow, type Place } from "../../../state/window";
import { say } from "../../../words";
import styles from "./SearchStrip.module.css";

/** What takes longer is told. In milliseconds. */
const NOTICED = 400;

interface SearchStripProps {
  place: Extract<Place, { kind: "search" }>;
  /** What is found. */
  listing: Listing;
}

export function SearchStrip({ place, listing }: SearchStripProps) {
  const { query } = place;
  const { search, ask } = useWindow();
  const best = isBest(query);
  const folders = [
    { token: "-in:trash", name: say("search-trash") },
    { token: "-in:junk", name: say("search-junk") },
  ];
  return (
    <div className={styles.strip} role="region" aria-label={say("search-strip")}>
      <div className={styles.row}>
        {folders.map(({ token, name }) => {
          const without = hasToken(query, token);
          return (
            <Tip key={token} label={say(without ? "search-without" : "search-with", { folder: name })}>
              <Button
                kind="tool"
                className={styles.chip}
                aria-pressed={!without}
                onPress={() => search(withToken(query, token, !without))}
              >
                {name}
              </Button>
            </Tip>
          );
        })}
        <Tip label={say(best ? "search-best-on" : "search-best-off")}>
          <Button
            kind="tool"
            className={styles.chip}
            aria-pressed={best}
            onPress={() => search(withBest(query, !best))}
          >
            {say("search-best")}
          </Button>
        </Tip>
        <span className={styles.grow} />
        <Count listing={listing} />
        {!("saved" in place) && (
          <Button kind="tool" className={styles.chip} onPress={() => ask({ kind: "saveSearch", query })}>
            {say("search-save")}
          </Button>
        )}
      </div>
      <Behind />
      <div role="status" className={styles.told}>
        <Found query={query} listing={listing} />
        <Faults query={query} />
        <There place={place} />
      </div>
    </div>
  );
}

/** How far the index is while it is behind. It counts on by itself, and so is no status that would be read out each time. */
function Behind() {
  const behind = useIndexing();
  if (behind === null) return null;
  return (
    <div className={styles.told}>
      <p className={styles.fault}>
        <Icon name="clock" size={13} />
        {howFarIndexed(behind)}
      </p>
    </div>
  );
}

/** How much was found, once that is known. It stands here and not beside the name of the place, where the order has its words. */
function Count({ listing }: { listing: Listing }) {
  const n = useGathered(listing);
  if (n === null || n === 0) return null;
  const told = foundWords(listing, n);
  return (
    <span className={styles.count} title={told} aria-label={told} role="note">
      {say("list-found-count", { n })}
    </span>
  );
}

/** How much was found, for those who do not see the number in the head: once one has stopped typing and it is known. */
function Found({ query, listing }: { query: string; listing: Listing }) {
  const n = useGathered(listing);
  const isRested = useRested(query) !== "";
  if (n === null || n === 0 || !isRested) return null;
  return <p className="visually-hidden">{foundWords(listing, n)}</p>;
}

/** "12 conversations were found" */
function foundWords({ grouping }: Listing, n: number): string {
  return say(grouping === "messages" ? "list-found-letters" : "list-found", { n });
}

function Faults({ query }: { query: string }) {
  return useRestedFaults(query).map(({ piece, kind }) => (
    <p key={piece + kind} className={styles.fault}>
      <Icon name="warning" size={13} />
      {say(`search-fault-${kind}`, { piece })}
    </p>
  ));
}

/** Where there is nothing to ask for the answer comes at once, and nobody needs to hear of it. */
function Asking() {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), NOTICED);
    return () => clearTimeout(timer);
  }, []);
  return isLong ? <p className={styles.there}>{say("search-there-asking")}</p> : null;
}

function There({ place }: { place: Extract<Place, { kind: "search" }> }) {
  const { query } = place;
  const rested = useRested(query);
  const accounts = useAccountsAtRest().data ?? [];
  const there = useFoundThere();
  useEffect(() => {
    if (rested.trim() !== "") void askServers(rested);
    // The same search is another place when it is searched for again.
  }, [rested, place]);
  if (there.query !== query.trim()) return null;
  if (there.asking) return <Asking />;
  const { unknown = 0, failed = [] } = there.found ?? {};
  const onServers = there.emails.size;
  const nameOf = (id: string) => {
    const account = accounts.find((each) => each.id === id);
    return account === undefined ? id : account.label || account.email;
  };
  return (
    <>
      {onServers > 0 && (
        <p className={styles.there}>
          <Icon name="server" size={13} />
          {say("search-there", { n: onServers })}
        </p>
      )}
      {unknown > 0 && <p className={styles.there}>{say("search-there-unknown", { n: unknown })}</p>}
      {failed.map(({ account, sentence }) => (
        <p key={account} className={styles.fault}>
          <Icon name="warning" size={13} />
          {say("search-there-failed", { account: nameOf(account), sentence })}
        </p>
      ))}
    </>
  );
}
