// How the servers were found, in lines that are read aloud as they appear.
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import type { SetupState } from "../../state/setup";
import { say } from "../../words";
import styles from "./Steps.module.css";

export function Steps({ state, onAgain }: { state: SetupState; onAgain: () => void }) {
  const { search } = state;
  return (
    <div className={styles.steps} role="status">
      {search.kind === "searching" && (
        <div>
          <span className={styles.turning} aria-hidden="true" />
          {say("setup-searching", { domain: domainOf(search.email) })}
        </div>
      )}
      {search.kind === "done" && <Found search={search} />}
      {search.kind === "failed" && (
        <div>
          <Icon name="warning" />
          {say("setup-search-failed", { reason: search.trouble.sentence })}
          <Button kind="tool" onPress={onAgain}>
            {say("setup-search-again")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Found({ search }: { search: Extract<SetupState["search"], { kind: "done" }> }) {
  const { how, encrypted } = search.found;
  const domain = domainOf(search.email);
  if (how.kind === "nothing") {
    return (
      <div className={styles.warn}>
        <Icon name="warning" />
        {say("setup-found-nothing", { domain })}
      </div>
    );
  }
  const sentence =
    how.kind === "catalogue"
      ? say("setup-found-catalogue", { provider: how.provider })
      : say("setup-found-probing", { domain });
  return (
    <>
      <div className={styles.ok}>
        <Icon name="check" />
        {sentence}
      </div>
      <div className={encrypted ? styles.ok : styles.warn}>
        <Icon name={encrypted ? "check" : "warning"} />
        {say(encrypted ? "setup-encrypted" : "setup-not-encrypted")}
      </div>
    </>
  );
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}
