// The middle pane: the name of the place, what narrows and sorts it, and its conversations.
import { editDraftOf } from "../../../actions/compose";
import type { MailboxView, RowView } from "../../../ipc/backend";
import { Button } from "../../../components/Button";
import { useMailboxes, useSavedSearches } from "../../../state/queries";
import { useSelection } from "../../../state/selection";
import { listingOf, useWindow, type Place } from "../../../state/window";
import { say } from "../../../words";
import { IconButton } from "../../../components/IconButton";
import { Tip } from "../../../components/Tip";
import { hooks, shortcut } from "../../../actions/commands";
import { SearchStrip } from "../search/SearchStrip";
import { ConversationList } from "./ConversationList";
import { titleOf } from "./title";
import styles from "./ListPane.module.css";

export function ListPane() {
  const { place, filter, order, setFilter, setOrder } = useWindow();
  const mailboxes = useMailboxes().data ?? [];
  const anything = useSelection((state) => state.chosen.size > 0);
  const listing = listingOf({ place, filter, order });
  const title = titleOf(place, mailboxes, useSavedSearches().data ?? []);
  if (listing === null) return null;
  return (
    <section className={styles.list} aria-label={title}>
      <header className={styles.head}>
        <h2 className={styles.title} title={title} dir="auto">
          {title}
        </h2>
        <span className={styles.grow} />
        {anything && (
          <IconButton
            icon="drag"
            label={say("list-drag")}
            shortcut={shortcut("drag")}
            className={styles.handle}
            onPress={() => hooks.dragWithKeys("move")}
          />
        )}
        <Tip label={say(filter === "unread" ? "list-unread-off" : "list-unread-on")}>
          <Button
            kind="tool"
            className={styles.tool}
            aria-pressed={filter === "unread"}
            onPress={() => setFilter(filter === "unread" ? "all" : "unread")}
          >
            {say("list-unread")}
          </Button>
        </Tip>
        <Tip label={say("list-order", { order })}>
          <Button
            kind="tool"
            className={styles.tool}
            aria-label={say("list-order", { order })}
            onPress={() => setOrder(order === "newest" ? "oldest" : "newest")}
          >
            {say(order === "newest" ? "list-newest" : "list-oldest")}
          </Button>
        </Tip>
      </header>
      {place.kind === "search" && <SearchStrip place={place} />}
      <ConversationList
        key={JSON.stringify(listing)}
        listing={listing}
        title={title}
        {...(isDrafts(place, mailboxes) ? { onOpen: writeOn } : {})}
      />
    </section>
  );
}

/** What is pressed there is written on. */
function isDrafts(place: Place, mailboxes: MailboxView[]): boolean {
  if (place.kind !== "mailbox") return false;
  return mailboxes.find((mailbox) => mailbox.id === place.mailbox)?.role === "drafts";
}

const writeOn = (row: RowView) => void editDraftOf(row);
