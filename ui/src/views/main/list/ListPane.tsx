// The middle pane: the name of the place, what narrows and sorts it, and its conversations.
import { memo } from "react";
import { editDraftOf } from "../../../actions/compose";
import type { Listing, MailboxView, RowView } from "../../../ipc/backend";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import { useOfMailboxes, useSavedSearches } from "../../../state/queries";
import { useGroups } from "../../../state/groups";
import { countOf, useSelection } from "../../../state/selection";
import { lookOf, useLooks, type Look } from "../../../state/looks";
import { useWhereIn, WhereProvider } from "../../../state/whereabouts";
import { isBestFirst, listingOf, useWindow, type Place } from "../../../state/window";
import { say } from "../../../words";
import { IconButton } from "../../../components/IconButton";
import { Tip } from "../../../components/Tip";
import { hooks, shortcut } from "../../../actions/commands";
import { toggleFilter, turnRound } from "../../../actions/looks";
import { Columns, orderWord } from "./Columns";
import { SearchStrip } from "../search/SearchStrip";
import { ConversationList } from "./ConversationList";
import { FilterChips } from "./FilterChips";
import { FilterMenu } from "./FilterMenu";
import { LookMenu } from "./LookMenu";
import { RehearsedRows } from "./RehearsedRows";
import { Shut } from "./Shut";
import { titleOf } from "./title";
import styles from "./ListPane.module.css";

/** Who, subject, the beginning, and the rest, which is as wide as it must be. */
const COLUMNS = "minmax(110px, 22%) minmax(0, 1.2fr) minmax(0, 1fr) 200px";
/** The same where letters of several places stand: where each is has the end of the third, and the first gives it the room, so that
 * subjects have theirs. */
const COLUMNS_WITH_WHERE = "minmax(110px, 17%) minmax(0, 1.05fr) minmax(0, 1fr) 200px";
const WHERE = "clamp(72px, 10vw, 160px)";

export function ListPane() {
  const { place, filter } = useWindow();
  const look = useLooks((state) => lookOf(state, place));
  const saved = useSavedSearches().data ?? [];
  const groups = useGroups();
  // Folders have other counts with every letter that comes; the list is drawn anew for none of them.
  const title = useOfMailboxes((mailboxes) => titleOf(place, mailboxes, saved, groups));
  const drafts = useOfMailboxes((mailboxes) => isDrafts(place, mailboxes));
  const where = useWhereIn(place);
  const listing = listingOf({ place, filter }, look);
  if (listing === null) return null;
  const best = isBestFirst(place);
  const columns = where === null ? COLUMNS : COLUMNS_WITH_WHERE;
  const style = { "--columns": columns, "--where": WHERE } as React.CSSProperties;
  return (
    <section className={styles.list} aria-label={title} style={style}>
      <header className={styles.head}>
        <h2 className={styles.title} title={title} dir="auto">
          {/* What is searched for stands in the field above; here there is room for two words of it. */}
          {place.kind === "search" && !("saved" in place) ? say("place-results") : title}
        </h2>
        <span className={styles.grow} />
        <ListTools filter={filter} look={look} best={best} />
      </header>
      {place.kind === "search" && <SearchStrip place={place} listing={listing} />}
      <Shut place={place} />
      <FilterChips filter={filter} />
      {look.form === "table" && <Columns look={look} best={best} where={where?.head ?? null} />}
      <WhereProvider value={where}>
        <ConversationList
          key={JSON.stringify([listing, look.form, look.density])}
          listing={listing}
          look={look}
          title={title}
          {...(drafts ? { onOpen: writeOn } : {})}
        />
        {place.kind !== "search" && <RehearsedRows look={look} />}
      </WhereProvider>
    </section>
  );
}

/** What narrows and sorts the list: the same with each key of a search, and not drawn anew for it. */
const ListTools = memo(function ListTools({
  filter,
  look,
  best,
}: {
  filter: Listing["filter"];
  look: Look;
  /** The best matches of a search come first, whatever is chosen for lists. */
  best: boolean;
}) {
  const order = orderWord(look);
  return (
    <>
      <DragTool />
      <Tip
        label={say(filter.unread ? "list-unread-off" : "list-unread-on")}
        shortcut={shortcut("filterUnread")}
      >
        <Button
          kind="tool"
          className={styles.tool}
          aria-pressed={filter.unread}
          onPress={() => toggleFilter("unread")}
        >
          {say("list-unread")}
        </Button>
      </Tip>
      <FilterMenu filter={filter} />
      {best ? (
        <Tip label={say("list-best-on")} shortcut={shortcut("turnRound")}>
          <Button kind="tool" className={styles.order} aria-label={say("list-best-on")} onPress={turnRound}>
            <i>
              <Icon name="sortDown" />
            </i>
            <span>{say("list-best")}</span>
          </Button>
        </Tip>
      ) : (
        <Tip label={say("list-order", { order })} shortcut={shortcut("turnRound")}>
          <Button
            kind="tool"
            className={styles.order}
            aria-label={say("list-order", { order })}
            onPress={turnRound}
          >
            <i>
              <Icon name={look.reversed ? "sortUp" : "sortDown"} />
            </i>
            <span>{say("list-in-order", { order })}</span>
          </Button>
        </Tip>
      )}
      <LookMenu look={look} best={best} />
    </>
  );
});

/** The way to drag with the keys; there where something is chosen. */
function DragTool() {
  const anything = useSelection((state) => countOf(state) > 0);
  if (!anything) return null;
  return (
    <IconButton
      icon="drag"
      label={say("list-drag")}
      shortcut={shortcut("drag")}
      className={styles.handle}
      onPress={() => hooks.dragWithKeys("move")}
    />
  );
}

/** What is pressed there is written on. */
function isDrafts(place: Place, mailboxes: MailboxView[]): boolean {
  if (place.kind !== "mailbox") return false;
  return mailboxes.find((mailbox) => mailbox.id === place.mailbox)?.role === "drafts";
}

const writeOn = (row: RowView) => void editDraftOf(row);
