// Which rows of the tree are shut. All are open at first, but for the folders that are put away; what was shut is
// remembered by the engine. Those that are put away are shut again when the program begins anew.
import { useCallback, useEffect, useState } from "react";
import { backend } from "../../../ipc";
import type { AccountView, MailboxView } from "../../../ipc/backend";
import { accountKey, hiddenKey, mailboxKey } from "../../../state/drag";

export function useCollapsed(accounts: AccountView[], mailboxes: MailboxView[]) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [uncovered, setUncovered] = useState<string[]>([]);
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
    setUncovered(accounts.map((account) => hiddenKey(account.id)).filter((key) => open.has(key)));
    const shut = all.filter((key) => !open.has(key));
    setCollapsed(new Set(shut));
    void backend().putSetting("collapsed", shut.join("\n"));
  };
  const expanded = [...all.filter((key) => !collapsed.has(key)), ...uncovered];
  /** Opens or shuts the folders of an account that are put away. Always the same function. */
  const toggleHidden = useCallback(
    (key: string) =>
      setUncovered((known) => (known.includes(key) ? known.filter((each) => each !== key) : [...known, key])),
    [],
  );
  return { expanded, setExpanded, toggleHidden };
}
