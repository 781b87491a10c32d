// What a place is called above its list.
import type { MailboxView } from "../../../ipc/backend";
import type { Place } from "../../../state/window";
import { say } from "../../../words";

export function titleOf(place: Place, mailboxes: MailboxView[]): string {
  switch (place.kind) {
    case "mailbox":
      return mailboxes.find((mailbox) => mailbox.id === place.mailbox)?.name ?? "";
    case "allInboxes":
      return say("place-all-inboxes");
    case "inboxes":
      return say("place-all-inboxes");
    case "starred":
      return say("place-starred");
    case "search":
      return say("place-search", { query: place.query });
    case "outbox":
      return say("place-outbox");
  }
}
