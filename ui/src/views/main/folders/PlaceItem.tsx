// A row of the tree: a sign, a name, and how many are unread. Accounts look different: AccountItem.
import { Button, TreeItem, TreeItemContent } from "react-aria-components";
import { Icon, type IconName } from "../../../components/Icon";
import { say } from "../../../words";
import { count } from "../../../words/times";
import styles from "./Sidebar.module.css";

export interface PlaceItemProps {
  id: string;
  icon: IconName | null;
  label: string;
  badge?: number;
  /** What the badge counts, in words; unread letters where nothing is said. */
  counted?: string | undefined;
  /** Something of what is counted needs the person. */
  alarming?: boolean;
  /** How deep in its account; 0 stands at the edge. */
  depth?: number;
  /** A folder of the person's own, which can be dragged. */
  movable?: boolean;
  /** It stands back behind the others. */
  aside?: boolean;
  /** What a press does where the row is no place to go to. */
  onPress?: () => void;
  children?: React.ReactNode;
}

export function PlaceItem({
  id,
  icon,
  label,
  badge = 0,
  counted,
  alarming = false,
  depth = 0,
  movable = false,
  aside = false,
  onPress,
  children,
}: PlaceItemProps) {
  const name = badge === 0 ? label : `${label}, ${counted ?? say("folder-unread", { n: badge })}`;
  return (
    <TreeItem
      id={id}
      textValue={label}
      aria-label={name}
      className={styles.item ?? ""}
      {...(movable ? { "data-movable": "" } : {})}
      {...(onPress ? { onAction: onPress } : {})}
    >
      <TreeItemContent>
        {({ hasChildItems, isExpanded }) => (
          <div
            className={styles.row}
            data-aside={aside || undefined}
            style={depth > 0 ? { paddingLeft: 14 + 16 * depth } : undefined}
          >
            {icon !== null && <Icon name={icon} />}
            <span className={styles.label} dir="auto" title={label}>
              {label}
            </span>
            {movable && <DragHandle label={label} />}
            {hasChildItems && (
              <Button slot="chevron" className={styles.chevron ?? ""} data-open={isExpanded || undefined}>
                <Icon name="right" size={13} />
              </Button>
            )}
            {badge > 0 && (
              <b className={styles.badge} data-alarming={alarming || undefined} aria-hidden="true">
                {count(badge)}
              </b>
            )}
          </div>
        )}
      </TreeItemContent>
      {children}
    </TreeItem>
  );
}

/** The way to drag with the keys: right arrow from the row, then Enter. Only seen while it has the focus. */
export function DragHandle({ label }: { label: string }) {
  return (
    <Button slot="drag" className={styles.handle ?? ""} aria-label={say("folder-drag", { folder: label })}>
      <Icon name="drag" size={13} />
    </Button>
  );
}
