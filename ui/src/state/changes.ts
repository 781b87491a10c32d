// What the engine says has changed, turned into what must be asked again. Only what is looked at is asked.
import type { AccountView, Backend, ChangeView } from "../ipc/backend";
import { client } from "./client";
import { lookAtIndexing } from "./indexing";
import { noteListLeft } from "./leaving";
import { paced } from "./pace";
import { listingChanged } from "./pulse";
import { keys } from "./queries";
import { noteRefiled } from "./refiled";
import { toast } from "./toasts";
import { noteProgress } from "./underWay";
import { useWindow } from "./window";

/** Nothing that is asked for after the promise is kept changes without its being heard of. */
export function followChanges(engine: Backend): Promise<() => void> {
  return engine.onChanges(paced(follow));
}

function follow(changes: ChangeView[]): void {
  for (const change of changes) take(change);
  if (
    changes.some((change) => ["listing", "emails", "arrived", "mailboxes", "accounts"].includes(change.kind))
  ) {
    listingChanged();
    // How much they find may be different.
    askAgain(keys.savedSearches);
  } else if (
    changes.some((change) => change.kind === "searches") &&
    useWindow.getState().place.kind === "search"
  ) {
    // Letters that had been listed before can be found now.
    listingChanged();
  }
}

/**
 * What is known under a key is asked again. A first answer that is still on its way may be older than the change, and
 * nobody else would ask for another: so it is asked for again when it is there.
 */
function askAgain(queryKey: readonly unknown[]): void {
  const onTheWay = client
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: "fetching" })
    .filter((query) => query.state.data === undefined);
  void client.invalidateQueries({ queryKey });
  for (const query of onTheWay) {
    const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    void query.promise?.then(again, again);
  }
}

/** Between two questions who a letter is from, while letters are indexed by the hundred. */
const WHO_AGAIN = 2_000;
let whoIsDue = false;

/** Whether somebody has written before is not known while letters wait to be indexed: the last of them is waited for. */
function askWhoLater(): void {
  if (whoIsDue) return;
  whoIsDue = true;
  setTimeout(() => {
    whoIsDue = false;
    askAgain(["who"]);
  }, WHO_AGAIN);
}

/** Answers after which it is asked again already. */
const overtaken = new WeakSet<Promise<unknown>>();

/**
 * An answer that is on its way may be older than what was told just now, and would put that in its place for good: when it is
 * here, it is asked for once more. What is told meanwhile, however often, asks for no other.
 */
function askOnceMore(queryKey: readonly unknown[]): void {
  for (const query of client.getQueryCache().findAll({ queryKey, exact: true, fetchStatus: "fetching" })) {
    const { promise } = query;
    if (promise === undefined || overtaken.has(promise)) continue;
    overtaken.add(promise);
    const again = () => client.invalidateQueries({ queryKey, exact: true });
    void promise.then(again, again);
  }
}

function take(change: ChangeView): void {
  switch (change.kind) {
    case "accounts":
      askAgain(keys.accounts);
      askAgain(keys.identities);
      askAgain(["doorways"]);
      askAgain(["exceptions"]);
      askAgain(keys.mailboxes);
      askAgain(["queryFaults"]);
      return;
    case "mailboxes":
      askAgain(keys.mailboxes);
      // A folder that a search names may be there now.
      askAgain(["queryFaults"]);
      return;
    case "emails":
      askAgain(["conversation"]);
      return;
    case "arrived":
      askAgain(["conversation"]);
      // Who has written before, and whom one knows, may be different now.
      askAgain(["who"]);
      lookAtIndexing();
      return;
    case "listing":
      return;
    // What stands in a composer is the composer's; what stands in Drafts is told with its folder.
    case "drafts":
      return;
    case "refiled":
      noteRefiled(change.before, change.now);
      return;
    case "searches":
      void client.invalidateQueries({ queryKey: keys.savedSearches });
      askWhoLater();
      lookAtIndexing();
      return;
    case "outbox":
      askAgain(keys.outbox);
      return;
    case "listLeft":
      noteListLeft(change.list);
      return;
    case "activity":
      // Older letters have come, and somebody who seemed new is not.
      if (change.activity.kind === "upToDate") askAgain(["who"]);
      askOnceMore(keys.accounts);
      client.setQueryData<AccountView[]>(keys.accounts, (accounts) =>
        accounts?.map((account) =>
          account.id === change.account ? { ...account, activity: change.activity } : account,
        ),
      );
      return;
    case "progress":
      noteProgress(change.of, change.done, change.total);
      return;
    case "trouble":
      toast(change.trouble.sentence, { tone: "failed", lasts: 12_000 });
  }
}
