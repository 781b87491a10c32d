// What the engine says has changed, turned into what must be asked again. Only what is looked at is asked.
import type { AccountView, Backend, ChangeView } from "../ipc/backend";
import { client } from "./client";
import { listingChanged } from "./pulse";
import { keys } from "./queries";
import { toast } from "./toasts";

export function followChanges(engine: Backend): () => void {
  return engine.onChanges((changes) => {
    for (const change of changes) take(change);
    if (
      changes.some((change) =>
        ["listing", "emails", "arrived", "mailboxes", "accounts"].includes(change.kind),
      )
    )
      listingChanged();
  });
}

function take(change: ChangeView): void {
  switch (change.kind) {
    case "accounts":
      void client.invalidateQueries({ queryKey: keys.accounts });
      void client.invalidateQueries({ queryKey: keys.mailboxes });
      return;
    case "mailboxes":
      void client.invalidateQueries({ queryKey: keys.mailboxes });
      return;
    case "emails":
    case "arrived":
      void client.invalidateQueries({ queryKey: ["conversation"] });
      return;
    case "listing":
      return;
    case "drafts":
      void client.invalidateQueries({ queryKey: keys.drafts });
      return;
    case "outbox":
      void client.invalidateQueries({ queryKey: keys.outbox });
      return;
    case "activity":
      client.setQueryData<AccountView[]>(keys.accounts, (accounts) =>
        accounts?.map((account) =>
          account.id === change.account ? { ...account, activity: change.activity } : account,
        ),
      );
      return;
    case "trouble":
      toast(change.trouble.sentence, { tone: "failed", lasts: 12_000 });
  }
}
