// Letters that are waiting, going out, gone, or refused. It fills the place of the list and the reading pane.
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { sentenceOf } from "../../actions/attempt";
import { useDismissed } from "../../state/dismissed";
import { useOutbox } from "../../state/queries";
import { say } from "../../words";
import { SubmissionRow } from "./SubmissionRow";
import styles from "./Outbox.module.css";

export function Outbox() {
  const outbox = useOutbox();
  const hidden = useDismissed((state) => state.hidden);
  const letters = (outbox.data ?? []).filter((letter) => !hidden.has(letter.id));
  return (
    <main className={styles.outbox} aria-labelledby="outbox-title">
      <header className={styles.header}>
        <h1 id="outbox-title" className={styles.title}>
          {say("outbox-title")}
        </h1>
      </header>
      <span role="status" className="visually-hidden">
        {outbox.isSuccess && say("outbox-announce", { count: letters.length })}
      </span>
      <div className={styles.scroll}>
        {outbox.isPending && <p className={styles.quiet}>{say("outbox-loading")}</p>}
        {outbox.isError && (
          <Empty icon="warning" title={say("outbox-failed-to-load")} more={sentenceOf(outbox.error)} alert>
            <Button icon="retry" onPress={() => void outbox.refetch()}>
              {say("try-again")}
            </Button>
          </Empty>
        )}
        {outbox.isSuccess && letters.length === 0 && (
          <Empty icon="send" title={say("outbox-empty-title")} more={say("outbox-empty")} />
        )}
        {letters.length > 0 && (
          <ul className={styles.list}>
            {letters.map((letter) => (
              <SubmissionRow key={letter.id} letter={letter} />
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}
