// Whether anybody vouches for the sender of a letter: a sign beside the address where all is well, and a line with what is
// odd where somebody should look twice. A press on either tells more.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button as AriaButton } from "react-aria-components";
import { showWho } from "../../../actions/caution";
import { Icon } from "../../../components/Icon";
import { Tip } from "../../../components/Tip";
import { backend } from "../../../ipc";
import type { WhoView } from "../../../ipc/backend";
import { keys } from "../../../state/queries";
import { say } from "../../../words";
import { isAlarming, noteLines, verdictWords } from "../../../words/caution";
import styles from "./WhoLine.module.css";

/** Undefined: that is being looked into. `enabled`: the letter itself is here, without which nobody would be known to vouch. */
export function useWho(email: string, enabled = true): WhoView | undefined {
  return useQuery({ queryKey: keys.who(email), queryFn: () => backend().who(email), enabled }).data;
}

/**
 * What was held back because nobody vouched yet, as pictures or that a meeting is called off, is asked for again when that has been
 * looked into, and whenever something else came of it. Says whether it is being looked into.
 */
export function useVouched(email: string, held: boolean, again: () => unknown): boolean {
  const who = useQuery({ queryKey: keys.who(email), queryFn: () => backend().who(email), enabled: held });
  const verdict = who.data?.verdict;
  const asked = useRef("");
  useEffect(() => {
    if (!held || verdict === undefined) return;
    const answer = `${email} ${verdict}`;
    if (asked.current === answer) return;
    asked.current = answer;
    again();
  }, [email, held, verdict, again]);
  return held && who.isFetching;
}

const isQuiet = (who: WhoView) => who.verdict === "vouched" && who.notes.length === 0;

export function WhoSign({ email }: { email: string }) {
  const who = useWho(email);
  if (who === undefined || !isQuiet(who)) return null;
  const words = verdictWords(who);
  return (
    <Tip label={words}>
      <AriaButton className={styles.sign ?? ""} aria-label={words} onPress={() => showWho(email)}>
        <Icon name="check" size={13} />
      </AriaButton>
    </Tip>
  );
}

export function WhoLine({ email }: { email: string }) {
  const who = useWho(email);
  // What could not be found out is told to whoever asks, and nothing is said of it here.
  const silent = who?.verdict === "unknown" && who.notes.length === 0;
  if (who === undefined || who.verdict === "own" || silent || isQuiet(who)) return null;
  const alarming = isAlarming(who);
  return (
    <div className={styles.line} data-alarming={alarming || undefined}>
      <Icon name={alarming ? "warning" : "user"} size={14} />
      <span data-selectable>{[verdictWords(who), ...noteLines(who)].join(" ")}</span>
      <AriaButton className={styles.more ?? ""} onPress={() => showWho(email)}>
        {say("who-more")}
      </AriaButton>
    </div>
  );
}
