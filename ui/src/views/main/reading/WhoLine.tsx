// Whether anybody vouches for the sender of a letter: a sign beside the address where all is well, and a line with what is
// odd where somebody should look twice. A press on either tells more. The line comes with the letter or has its place from then on: nothing
// that is known later moves what is read.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { showWho } from "../../../actions/caution";
import { Icon } from "../../../components/Icon";
import { Tip } from "../../../components/Tip";
import { backend } from "../../../ipc";
import type { BodyView, WhoView } from "../../../ipc/backend";
import { keys } from "../../../state/queries";
import { say } from "../../../words";
import { alarmLines, isAlarming, noteLines, verdictWords, widestVerdict } from "../../../words/caution";
import styles from "./WhoLine.module.css";

/** Undefined: that is being looked into. `enabled`: the letter itself is here, without which nobody would be known to vouch. */
function useWho(email: string, enabled: boolean): WhoView | undefined {
  return useQuery({ queryKey: keys.who(email), queryFn: () => backend().who(email), enabled }).data;
}

/** What is told of a letter's sender, where it stands, and the words whose room it has there. */
export interface WhoTold {
  /** Undefined: that is being looked into. */
  who: WhoView | undefined;
  /** What was known as the letter was drawn. */
  first: WhoView | null;
  /** Empty: it has no line. Undefined: the letter is not here. */
  room: string | undefined;
}

/** `domain`: of the sender, as the letter has it. */
export function useWhoTold(email: string, domain: string, body: BodyView | undefined): WhoTold {
  const who = useWho(email, body !== undefined);
  const [room, setRoom] = useState<string>();
  const first = body?.who ?? null;
  if (room === undefined && body !== undefined)
    setRoom(who === undefined ? roomFor(first, domain) : isSilent(who) ? "" : wordsOf(who));
  return { who, first, room };
}

/**
 * What was held back because nobody vouched yet, as pictures or that a meeting is called off, is asked for again when that has been
 * looked into, and whenever something else came of it. Says whether it is being looked into.
 */
export function useVouched(
  email: string,
  held: boolean,
  first: WhoView | null,
  again: () => unknown,
): boolean {
  const who = useQuery({ queryKey: keys.who(email), queryFn: () => backend().who(email), enabled: held });
  const verdict = who.data?.verdict;
  const asked = useRef("");
  // As it came with the letter, which was held back knowing that.
  // That somebody vouches may have been found out between the two.
  const known = first?.open === false && first.verdict !== "vouched" ? `${email} ${first.verdict}` : "";
  useEffect(() => {
    if (!held || verdict === undefined) return;
    const answer = `${email} ${verdict}`;
    if (asked.current === answer || known === answer) return;
    asked.current = answer;
    again();
  }, [email, held, verdict, known, again]);
  return held && who.isFetching;
}

const isQuiet = (who: WhoView) => who.verdict === "vouched" && who.notes.length === 0;

/** What could not be found out is told to whoever asks, and nothing is said of it by itself. */
const isSilent = (who: WhoView) =>
  who.verdict === "own" || isQuiet(who) || (who.verdict === "unknown" && who.notes.length === 0);

const wordsOf = (who: WhoView) => [verdictWords(who), ...noteLines(who)].join(" ");

/** What may come of looking into it is no longer than this. */
const roomFor = (first: WhoView | null, domain: string) =>
  [widestVerdict(domain), ...(first === null ? [say("note-first")] : noteLines(first))].join(" ");

export function WhoSign({ email, told: { who, room } }: { email: string; told: WhoTold }) {
  if (who === undefined) return null;
  // Where there is a line, that says so.
  if (room !== "") return null;
  const isLate = !isSilent(who);
  if (!isLate && !isQuiet(who)) return null;
  const words = isLate ? wordsOf(who) : verdictWords(who);
  return (
    <Tip label={words}>
      <AriaButton
        className={styles.sign ?? ""}
        aria-label={words}
        data-alarming={isLate || undefined}
        onPress={() => showWho(email)}
      >
        <Icon name={isLate ? "warning" : "check"} size={13} />
      </AriaButton>
    </Tip>
  );
}

export function WhoLine({ email, told: { who, first, room } }: { email: string; told: WhoTold }) {
  if (room === undefined || room === "") return null;
  const words = who === undefined ? [say("who-looking"), ...alarmLines(first)].join(" ") : wordsOf(who);
  const alarming = who === undefined ? alarmLines(first).length > 0 : isAlarming(who);
  return (
    <div className={styles.line} data-alarming={alarming || undefined} data-who-line="">
      <Icon name={alarming ? "warning" : "user"} size={14} />
      <span className={styles.room} data-room={room}>
        <span className={words === room ? undefined : styles.within} data-selectable>
          {words}
        </span>
      </span>
      <AriaButton className={styles.more ?? ""} onPress={() => showWho(email)}>
        {say("who-more")}
      </AriaButton>
    </div>
  );
}
