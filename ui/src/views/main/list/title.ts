// What a place is called above its list.
import type { MailboxView, SavedSearchView } from "../../../ipc/backend";
import type { AccountGroup } from "../../../state/groups";
import { keptName } from "../../../state/searchName";
import type { Place } from "../../../state/window";
import { say } from "../../../words";

export function titleOf(
  place: Place,
  mailboxes: MailboxView[],
  saved: SavedSearchView[],
  groups: AccountGroup[],
): string {
  switch (place.kind) {
    case "mailbox":
      return mailboxes.find((mailbox) => mailbox.id === place.mailbox)?.name ?? "";
    case "allInboxes":
      return say("place-all-inboxes");
    case "inboxes": {
      const group = "group" in place ? groups.find((each) => each.id === place.group) : undefined;
      return group?.name ?? say("place-all-inboxes");
    }
    case "starred":
      return say("place-starred");
    case "search":
      return keptName(place, saved) ?? say("place-search", { query: place.query.trim() });
    case "outbox":
      return say("place-outbox");
  }
}
