// Says above the rows of a folder that its server does not open it: they are what was seen last, and none is no empty folder. Above the
// rows of several inboxes it says whose are shut. What a server says may be long: two lines of it are seen, and the rest when one asks.
import { useId, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import { hooks, run } from "../../../actions/commands";
import { useShut, useShutInboxes, type ShutInbox } from "../../../state/shut";
import { say } from "../../../words";
import { together } from "../../../words/locale";
import type { Place } from "../../../state/window";
import styles from "./Shut.module.css";

export function Shut({ place }: { place: Place }) {
  const reply = useShut(place.kind === "mailbox" ? place.mailbox : null);
  const inboxes = useShutInboxes(accountsOf(place));
  if (reply !== null) return <Told key={JSON.stringify(place)} said={say("list-shut", { reply })} />;
  return inboxes.length === 0 ? null : <Told key={JSON.stringify(place)} said={saidOf(inboxes)} />;
}

/** Whose inboxes a place shows together: null for all of them, undefined for none. */
function accountsOf(place: Place): readonly string[] | null | undefined {
  if (place.kind === "allInboxes") return null;
  return place.kind === "inboxes" ? place.accounts : undefined;
}

function saidOf(inboxes: readonly ShutInbox[]): string {
  const [first] = inboxes;
  if (first !== undefined && inboxes.length === 1)
    return say("list-shut-inbox", { account: first.account, reply: first.reply });
  const accounts = together.format(inboxes.map(({ account }) => account));
  const replies = inboxes.map(({ account, reply }) => `${account}: ${reply}`);
  return [say("list-shut-inboxes", { accounts }), ...replies].join("\n");
}

function Told({ said }: { said: string }) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const { text, isLong } = useIsLong(said);
  const [isWhole, setIsWhole] = useState(false);
  // Whoever asked for the folder goes on in it when it has come.
  useLayoutEffect(() => {
    const { current: at } = box;
    return () => {
      if (at?.contains(document.activeElement) === true) hooks.focusList();
    };
  }, []);
  return (
    <div ref={box} role="status" className={styles.shut}>
      <Icon name="warning" size={15} />
      {/* It is all there for whoever has it read out. */}
      <p ref={text} id={id} dir="auto" data-whole={isWhole || undefined}>
        {said}
      </p>
      <span className={styles.buttons}>
        {isLong && (
          <Button
            kind="quiet"
            aria-expanded={isWhole}
            aria-controls={id}
            onPress={() => setIsWhole(!isWhole)}
          >
            {say(isWhole ? "list-shut-less" : "list-shut-more")}
          </Button>
        )}
        <Button onPress={() => run("checkMail")}>{say("try-again")}</Button>
      </span>
    </div>
  );
}

/** Whether a text does not fit into its two lines, which depends on how wide the list is. */
function useIsLong(said: string) {
  const text = useRef<HTMLParagraphElement>(null);
  const [isLong, setIsLong] = useState(false);
  useLayoutEffect(() => {
    const { current: at } = text;
    if (at === null) return;
    // What is seen whole now is as long as it was.
    const look = () => {
      if (at.dataset.whole === undefined) setIsLong(at.scrollHeight > at.clientHeight + 1);
    };
    look();
    if (typeof ResizeObserver !== "function") return;
    const watch = new ResizeObserver(look);
    watch.observe(at);
    return () => watch.disconnect();
  }, [said]);
  return { text, isLong };
}
