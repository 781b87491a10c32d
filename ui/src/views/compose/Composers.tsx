// The letters that are being written: one sheet over the window, the others as tabs at its lower edge.
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { useComposers } from "../../state/composers";
import { say } from "../../words";
import { Composer } from "./Composer";
import styles from "./Composers.module.css";

export function Composers() {
  const open = useComposers((state) => state.open);
  const show = useComposers((state) => state.show);
  const waiting = open.filter((letter) => letter.minimised);
  const front = open.findLast((letter) => !letter.minimised);
  return (
    <>
      {front && <Composer key={front.id} letter={front} />}
      {waiting.length > 0 && (
        <nav className={styles.tabs} aria-label={say("compose-open-drafts")}>
          {waiting.map((letter) => {
            const subject = letter.content.subject || say("compose-new");
            return (
              <Button
                key={letter.id}
                className={styles.tab}
                aria-label={say("compose-restore", { subject })}
                onPress={() => show(letter)}
              >
                <Icon name={letter.saving.kind === "failed" ? "warning" : "edit"} size={14} />
                <span className={styles.subject}>{subject}</span>
              </Button>
            );
          })}
        </nav>
      )}
    </>
  );
}
