// "Who is this": the sender as the letter has them, who vouches, how that is known, and what is odd.
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../actions/attempt";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { backend } from "../../../ipc";
import { keys } from "../../../state/queries";
import { say } from "../../../words";
import { isAlarming, noteLines, verdictReason, verdictWords } from "../../../words/caution";
import styles from "./Caution.module.css";

export function Who({ email, onClose }: { email: string; onClose: () => void }) {
  const { data: who, error } = useQuery({ queryKey: keys.who(email), queryFn: () => backend().who(email) });
  return (
    <Dialog title={say("who-title")} onClose={onClose}>
      {who === undefined ? (
        <p role="status">{error === null ? say("loading") : sentenceOf(error)}</p>
      ) : (
        <>
          <dl className={styles.facts} data-selectable>
            {who.address?.name != null && (
              <div>
                <dt>{say("who-name")}</dt>
                <dd dir="auto">{who.address.name}</dd>
              </div>
            )}
            <div>
              <dt>{say("who-address")}</dt>
              <dd>{who.address?.email || say("who-nowhere")}</dd>
            </div>
          </dl>
          <p className={isAlarming(who) ? styles.alarm : styles.verdict}>{verdictWords(who)}</p>
          {noteLines(who).length > 0 && (
            <ul className={styles.reasons}>
              {noteLines(who).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          )}
          {who.verdict !== "own" && <p className={styles.quiet}>{verdictReason(who)}</p>}
          <p className={styles.quiet}>{say("who-explain")}</p>
        </>
      )}
      <DialogFoot>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
