// That a meeting is called off: told as it is, or, where nobody vouches for who says so, for the person to believe. Whoever writes for
// somebody else by what the letter says is believed only after a question, which names both; what they say stays their word, and that the
// meeting is off is told beside it. In a letter within another it is told alone,
// since whoever passed that on may have written it.
import { useRef, useState } from "react";
import { believeCallingOff } from "../../../actions/letterLook";
import { Button } from "../../../components/Button";
import type { SpeakerView } from "../../../ipc/backend";
import { whereIs, type LetterRef } from "../../../state/letterRef";
import { say } from "../../../words";
import { agentElsewhere, claimWords, isByAgent, speakerName } from "../../../words/claims";
import styles from "./Invitation.module.css";

interface Props {
  letter: LetterRef;
  sender: string;
  doubted: boolean;
  /** In whose name it is called off. */
  speaker: SpeakerView | undefined;
  /** It stands all the same. */
  stands: boolean;
  /** It is off, by whoever's word. */
  off: boolean;
}

export function CalledOff({ letter, sender, doubted, speaker, stands, off }: Props) {
  const [working, setWorking] = useState(false);
  const [asked, setAsked] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const [email, part] = whereIs(letter);
  const isTheirs = speaker === undefined || speaker.said === "byThem";
  const agents = speaker !== undefined && isByAgent(speaker) ? { sender, name: speakerName(speaker) } : null;
  const elsewhere = speaker !== undefined && isByAgent(speaker) ? agentElsewhere(speaker, sender) : "";
  // A button goes, and the keys are to stay at the meeting.
  const stay = () => place.current?.focus({ preventScroll: true });
  const ask = (isAsked: boolean) => {
    stay();
    setAsked(isAsked);
  };
  const believe = () => {
    ask(false);
    setWorking(true);
    void believeCallingOff(email).finally(() => setWorking(false));
  };
  return (
    <div ref={place} tabIndex={-1} data-called-off="">
      {doubted && (
        <p className={styles.conflict} dir="auto">
          {agents === null
            ? say("invitation-doubted", { sender })
            : say(
                `invitation-doubted-${speaker?.said === "byAgent" ? "byAgent" : "inAgentsName"}`,
                agents,
              )}{" "}
          {elsewhere}
        </p>
      )}
      <div role="status">
        <p className={doubted || !isTheirs ? undefined : styles.off} dir="auto">
          {doubted
            ? working && say("invitation-believing")
            : claimWords(speaker, sender, say("invitation-cancelled"))}
        </p>
        {off && !isTheirs && <p className={styles.off}>{say("invitation-off")}</p>}
      </div>
      {stands && <p>{say("invitation-stands")}</p>}
      {doubted && part === null && !asked && (
        <div className={styles.answers}>
          <Button isDisabled={working} onPress={() => (agents === null ? believe() : ask(true))}>
            {say(agents === null ? "invitation-believe" : "invitation-believe-agent")}
          </Button>
        </div>
      )}
      {doubted && part === null && asked && agents !== null && (
        <>
          <p role="alert" dir="auto">
            {elsewhere} {say("invitation-agent-question", agents)}
          </p>
          <div className={styles.answers}>
            <Button onPress={believe}>{say("invitation-agent-believed", agents)}</Button>
            <Button onPress={() => ask(false)}>{say("cancel")}</Button>
          </div>
        </>
      )}
    </div>
  );
}
