// That a meeting is called off: told as it is, or, where nobody vouches for who says so, for the person to believe. In a letter within
// another it is told alone, since whoever passed that on may have written it.
import { useRef, useState } from "react";
import { believeCallingOff } from "../../../actions/letterLook";
import { Button } from "../../../components/Button";
import { whereIs, type LetterRef } from "../../../state/letterRef";
import { say } from "../../../words";
import styles from "./Invitation.module.css";

interface Props {
  letter: LetterRef;
  sender: string;
  doubted: boolean;
}

export function CalledOff({ letter, sender, doubted }: Props) {
  const [working, setWorking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const [email, part] = whereIs(letter);
  const believe = () => {
    // The button goes, and the keys are to stay at the meeting.
    place.current?.focus({ preventScroll: true });
    setWorking(true);
    void believeCallingOff(email).finally(() => setWorking(false));
  };
  return (
    <div ref={place} tabIndex={-1} data-called-off="">
      {doubted && (
        <p className={styles.conflict} dir="auto">
          {say("invitation-doubted", { sender })}
        </p>
      )}
      <p role="status" className={doubted ? undefined : styles.off}>
        {doubted ? working && say("invitation-believing") : say("invitation-cancelled")}
      </p>
      {doubted && part === null && (
        <div className={styles.answers}>
          <Button isDisabled={working} onPress={believe}>
            {say("invitation-believe")}
          </Button>
        </div>
      )}
    </div>
  );
}
