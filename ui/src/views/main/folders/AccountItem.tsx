// One account in the tree: a dot in its colour, its address and protocol, whether it is paused, and its folders below; at
// their foot those that are put away.
import { Button, TreeItem, TreeItemContent } from "react-aria-components";
import { Icon } from "../../../components/Icon";
import type { AccountView, MailboxView } from "../../../ipc/backend";
import { accountKey, hiddenKey, mailboxKey } from "../../../state/drag";
import { badgeOf, hiddenTreeOf, iconOf, treeOf, type FolderNode } from "../../../state/folders";
import { say } from "../../../words";
import { DragHandle, PlaceItem } from "./PlaceItem";
import styles from "./Sidebar.module.css";

interface AccountItemProps {
  account: AccountView;
  mailboxes: MailboxView[];
  /** The row of the hidden folders was pressed. */
  onFoot: () => void;
}

export function AccountItem({ account, mailboxes, onFoot }: AccountItemProps) {
  const shown = mailboxes.filter((mailbox) => !mailbox.hidden);
  const hidden = mailboxes.filter((mailbox) => mailbox.hidden && mailbox.account === account.id).length;
  const protocol = say(`protocol-${account.protocol}`);
  return (
    <TreeItem
      id={accountKey(account.id)}
      textValue={account.email}
      aria-label={[account.email, protocol, ...(account.paused ? [say("account-paused")] : [])].join(", ")}
      className={styles.account ?? ""}
    >
      <TreeItemContent>
        {({ isExpanded }) => (
          <div className={styles.heading}>
            <span className={styles.dot} data-colour={account.colour % 6} aria-hidden="true" />
            <span className={styles.label} title={account.email}>
              {account.email}
            </span>
            <DragHandle label={account.email} movable={false} />
            <Button slot="chevron" className={styles.chevron ?? ""} data-open={isExpanded || undefined}>
              <Icon name="right" size={12} />
            </Button>
            {account.paused && <Icon name="pause" size={11} />}
            <span aria-hidden="true">{protocol}</span>
          </div>
        )}
      </TreeItemContent>
      {treeOf(shown, account.id).map((node) => folder(node, 0))}
      {hidden > 0 && (
        <PlaceItem
          id={hiddenKey(account.id)}
          icon="hidden"
          label={say("folders-hidden", { n: hidden })}
          aside
          onPress={onFoot}
        >
          {hiddenTreeOf(mailboxes, account.id).map((node) => folder(node, 1))}
        </PlaceItem>
      )}
    </TreeItem>
  );
}

function folder({ mailbox, children }: FolderNode, depth: number): React.ReactElement {
  return (
    <PlaceItem
      key={mailbox.id}
      id={mailboxKey(mailbox.id)}
      icon={depth > 0 && mailbox.role === null ? null : iconOf(mailbox)}
      label={mailbox.name}
      badge={badgeOf(mailbox)}
      counted={mailbox.role === "drafts" ? say("folder-count", { n: mailbox.total }) : undefined}
      depth={depth}
      movable={mailbox.role === null}
    >
      {children.map((child) => folder(child, depth + 1))}
    </PlaceItem>
  );
}
