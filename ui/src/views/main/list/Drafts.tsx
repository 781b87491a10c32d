// Letters that were begun and not sent, kept on this computer. Each opens where it was left.
import { resumeDraft } from "../../../actions/compose";
import { Avatar } from "../../../components/Avatar";
import { Empty } from "../../../components/Empty";
import type { DraftView } from "../../../ipc/backend";
import { useDrafts } from "../../../state/queries";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { shortTime } from "../../../words/times";
import pane from "./ListPane.module.css";
import row from "./Row.module.css";
import styles from "./Drafts.module.css";

export function Drafts() {
  const drafts = useDrafts().data ?? [];
  return (
    <section className={pane.list} aria-label={say("place-drafts")}>
      <header className={pane.head}>
        <h2 className={pane.title}>{say("place-drafts")}</h2>
      </header>
      {drafts.length === 0 ? (
        <Empty icon="edit" title={say("empty-drafts")} more={say("empty-drafts-more")} />
      ) : (
        <ul className={styles.list}>
          {drafts.map((draft) => (
            <li key={draft.id}>
              <Draft draft={draft} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Draft({ draft }: { draft: DraftView }) {
  const { to, subject, html } = draft.content;
  const names = to.map(nameOf).join(", ");
  const text = beginningOf(html);
  return (
    <button
      type="button"
      className={`${row.row ?? ""} ${styles.draft ?? ""}`}
      onClick={() => void resumeDraft(draft.id)}
    >
      <Avatar name={to[0] === undefined ? "?" : nameOf(to[0])} email={to[0]?.email ?? ""} />
      <span className={row.who}>
        <span>{names === "" ? say("drafts-nobody") : say("drafts-to", { people: names })}</span>
      </span>
      <span className={row.meta}>{shortTime(draft.updatedAt)}</span>
      <span className={row.subject}>{subject || say("no-subject")}</span>
      <span className={row.preview}>{text}</span>
    </button>
  );
}

// Lines end with a space, or the last word of one and the first of the next would be one word.
function beginningOf(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  body.querySelectorAll("br, p, div, li, blockquote, pre, h1, h2, h3, tr").forEach((line) => line.after(" "));
  return body.textContent.replace(/\s+/gu, " ").trim();
}
