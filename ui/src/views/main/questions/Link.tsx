// A link before it opens: where it truly leads, and what is odd about it.
import { copyLink, openLink } from "../../../actions/caution";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import type { LinkView } from "../../../ipc/backend";
import { say } from "../../../words";
import { warningWords } from "../../../words/caution";
import styles from "./Caution.module.css";

const TITLES = { page: "link-title-plain", files: "link-title-files", number: "link-title-number" } as const;

export function Link({
  link,
  after,
  onClose,
}: {
  link: LinkView;
  after?: (() => Promise<void>) | undefined;
  onClose: () => void;
}) {
  const isNumber = link.kind === "number";
  const odd = link.warnings.length > 0;
  const changed = link.removed.length > 0 || link.passed.length > 0;
  const then = (deed: () => Promise<void>) => () => {
    onClose();
    void deed();
  };
  return (
    <Dialog
      role={odd ? "alertdialog" : "dialog"}
      title={say(odd ? "link-title" : TITLES[link.kind])}
      onClose={onClose}
    >
      <div className={styles.goal} data-selectable>
        <small>{say(isNumber ? "link-calls" : "link-leads")}</small>
        <b>{hostAndPort(link)}</b>
        {!isNumber && <small>{link.address}</small>}
      </div>
      {link.written !== null && <p className={styles.quiet}>{say("link-written", { name: link.written })}</p>}
      {link.owner !== null && link.owner !== link.host && (
        <p className={styles.quiet}>{say("link-owner", { owner: link.owner })}</p>
      )}
      {odd && (
        <ul className={styles.reasons}>
          {link.warnings.map((warning) => (
            <li key={warning.kind}>{warningWords(warning, link.host)}</li>
          ))}
        </ul>
      )}
      {link.removed.length > 0 && (
        <p className={styles.quiet}>{say("link-removed", { names: link.removed.join(", ") })}</p>
      )}
      {link.passed.length > 0 && (
        <p className={styles.quiet}>{say("link-passed", { hosts: link.passed.join(", ") })}</p>
      )}
      <DialogFoot>
        <Button icon="copy" onPress={then(() => copyLink(link))}>
          {say(isNumber ? "link-copy-number" : "link-copy")}
        </Button>
        {changed && (
          <Button onPress={then(() => openLink(link, true, after))}>{say("link-open-given")}</Button>
        )}
        <Button
          kind={odd ? "danger" : "primary"}
          autoFocus={!odd}
          onPress={then(() => openLink(link, false, after))}
        >
          {say(isNumber ? (odd ? "link-call-anyway" : "link-call") : odd ? "link-open-anyway" : "link-open")}
        </Button>
        <Button kind={odd ? "primary" : "plain"} autoFocus={odd} onPress={onClose}>
          {say("cancel")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** Where it leads, with the port that it has of its own. */
function hostAndPort({ host, warnings }: LinkView): string {
  const own = warnings.find((warning) => warning.kind === "port");
  return own === undefined ? host : `${host}:${own.port}`;
}
