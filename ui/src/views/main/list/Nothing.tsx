// What stands where rows would be: an empty place, an empty search, or a list that could not be read.
import { sentenceOf } from "../../../actions/attempt";
import { filterNothing } from "../../../actions/looks";
import { Button } from "../../../components/Button";
import { Empty } from "../../../components/Empty";
import type { Listing } from "../../../ipc/backend";
import { howFarIndexed, useIndexing } from "../../../state/indexing";
import { useMailboxes } from "../../../state/queries";
import { useRestedFaults } from "../../../state/rested";
import { useShut } from "../../../state/shut";
import { say } from "../../../words";

export function Nothing({
  listing,
  title,
  failure,
  onRetry,
}: {
  listing: Listing;
  title: string;
  failure: unknown;
  onRetry: () => void;
}) {
  const mailboxes = useMailboxes().data ?? [];
  const { source, filter } = listing;
  const shut = useShut(source.kind === "mailbox" ? source.mailbox : null);
  if (failure !== null) {
    return (
      <Empty icon="warning" title={say("failed-list")} more={sentenceOf(failure)} alert>
        <Button icon="retry" onPress={onRetry}>
          {say("try-again")}
        </Button>
      </Empty>
    );
  }
  if (filter.starred || filter.attachment || filter.toMe) {
    return (
      <Empty icon="filter" title={say("empty-filter")} more={say("empty-filter-more", { place: title })}>
        <Button onPress={() => filterNothing()}>{say("empty-unread-show")}</Button>
      </Empty>
    );
  }
  if (filter.unread) {
    return (
      <Empty icon="check" title={say("empty-unread")} more={say("empty-unread-more", { place: title })}>
        <Button onPress={() => filterNothing()}>{say("empty-unread-show")}</Button>
      </Empty>
    );
  }
  if (shut !== null) return <Empty icon="folder" title={say("empty-shut")} more={say("empty-shut-more")} />;
  if (source.kind === "search") return <NothingFound query={source.query} />;
  if (source.kind === "starred")
    return <Empty icon="star" title={say("empty-starred")} more={say("empty-starred-more")} />;
  const inbox =
    source.kind === "allInboxes" ||
    source.kind === "inboxes" ||
    mailboxes.find((mailbox) => mailbox.id === source.mailbox)?.role === "inbox";
  return inbox ? (
    <Empty icon="inbox" title={say("empty-inbox")} more={say("empty-inbox-more")} />
  ) : (
    <Empty icon="folder" title={say("empty-folder")} more={say("empty-folder-more")} />
  );
}

/**
 * Where the query itself is odd, as with a folder that is not there, that is the reason and no spelling of its words, and it is told
 * above already; nor is a spelling while letters wait to be indexed.
 */
function NothingFound({ query }: { query: string }) {
  const behind = useIndexing();
  const isOdd = useRestedFaults(query).length > 0;
  const reason = behind === null ? say("empty-search-more") : howFarIndexed(behind);
  const more = isOdd ? say("empty-search-odd") : reason;
  return (
    <Empty icon="search" title={say(behind === null ? "empty-search" : "empty-search-yet")} more={more} />
  );
}
