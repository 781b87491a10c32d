// Says above the rows of a folder that its server does not open it: they are what was seen last, and none is no empty folder.
import { useLayoutEffect, useRef } from "react";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import { hooks, run } from "../../../actions/commands";
import { useShut } from "../../../state/shut";
import { say } from "../../../words";
import type { Place } from "../../../state/window";
import styles from "./Shut.module.css";

export function Shut({ place }: { place: Place }) {
  const reply = useShut(place.kind === "mailbox" ? place.mailbox : null);
  return reply === null ? null : <Told reply={reply} />;
}

function Told({ reply }: { reply: string }) {
  const box = useRef<HTMLDivElement>(null);
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
      <p dir="auto">{say("list-shut", { reply })}</p>
      <Button onPress={() => run("checkMail")}>{say("try-again")}</Button>
    </div>
  );
}
