// One account in the tree: a dot in its colour, its name and protocol, whether it is paused, switched off or in trouble, and
// its folders below; at their foot those that are put away.
import { Button, TreeItem, TreeItemContent } from "react-aria-components";
import { Dot } from "../../../components/Dot";
import { Icon } from "../../../components/Icon";
import type { AccountView, MailboxView } from "../../../ipc/backend";
import { called, troubleIn } from "../../../state/accounts";
import { accountKey, hiddenKey, mailboxKey } from "../../../state/drag";
import { badgeOf, hiddenTreeOf, iconOf, treeOf, type FolderNode } from "../../../state/folders";
import { say } from "../../../words";
import { DragHandle, PlaceItem } from "./PlaceItem";
import styles from "./Sidebar.module.css";

interface AccountItemProps {
  account: AccountView;
  mailboxes: MailboxView[];
  /** There are others among which it has a place. */
  movable: boolean;
  /** The row of the hidden folders was pressed. */
  onFoot: (key: string) => void;
}

export function AccountItem({ account, mailboxes, movable, onFoot }: AccountItemProps) {
  const { email, paused, disabled, colour } = account;
  const name = called(account);
  const shown = mailboxes.filter((mailbox) => !mailbox.hidden);
  const hidden = mailboxes.filter((mailbox) => mailbox.hidden && mailbox.account === account.id).length;
  const protocol = say(`protocol-${account.protocol}`);
  const trouble = troubleIn(account);
  const states = [
    ...(paused && !disabled ? [say("account-paused")] : []),
    ...(disabled ? [say("account-off")] : []),
    ...(trouble === null ? [] : [say("account-trouble", { sentence: trouble.sentence })]),
  ];
  return (
    <TreeItem
      id={accountKey(account.id)}
      textValue={name}
      aria-label={[name, protocol, ...states].join(", ")}
      className={styles.account ?? ""}
      {...(movable ? { "data-movable": "" } : {})}
    >
      <TreeItemContent>
        {({ isExpanded }) => (
          <div className={`${styles.heading ?? ""} ${disabled ? (styles.quiet ?? "") : ""}`}>
            <Dot colour={colour} />
            <span className={styles.label} title={email}>
              {name}
            </span>
            {movable && <DragHandle label={name} />}
            <Button slot="chevron" className={styles.chevron ?? ""} data-open={isExpanded || undefined}>
              <Icon name="right" size={12} />
            </Button>
            {paused && !disabled && <Icon name="pause" size={11} />}
            {disabled && <Icon name="offline" size={11} />}
            {trouble !== null && (
              <span className={styles.trouble} title={trouble.sentence}>
                <Icon name="warning" size={12} />
              </span>
            )}
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
          onPress={() => onFoot(hiddenKey(account.id))}
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
