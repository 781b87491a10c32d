// Which rows of the tree are shut. All are open at first; what was shut is remembered by the engine.
import { useEffect, useState } from "react";
import { backend } from "../../../ipc";
import type { AccountView, MailboxView } from "../../../ipc/backend";
import { accountKey, mailboxKey } from "../../../state/drag";

export function useCollapsed(accounts: AccountView[], mailboxes: MailboxView[]) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    void backend()
      .setting("collapsed")
      .then((kept) => kept !== null && setCollapsed(new Set(kept.split("\n").filter(Boolean))))
      .catch(() => undefined);
  }, []);
  const all = [
    ...accounts.map((account) => accountKey(account.id)),
    ...mailboxes.map((mailbox) => mailboxKey(mailbox.id)),
  ];
  const setExpanded = (expanded: string[]) => {
    const open = new Set(expanded);
    const shut = all.filter((key) => !open.has(key));
    setCollapsed(new Set(shut));
    void backend().putSetting("collapsed", shut.join("\n"));
  };
  return { expanded: all.filter((key) => !collapsed.has(key)), setExpanded };
}
