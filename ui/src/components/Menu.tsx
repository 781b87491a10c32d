// A menu under a button, or at the point where the secondary mouse button was pressed.
import { useRef } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { Icon, type IconName } from "./Icon";
import styles from "./Menu.module.css";

export type MenuEntry =
  | {
      id: string;
      label: string;
      icon?: IconName;
      shortcut?: string | undefined;
      danger?: boolean;
      disabled?: boolean;
      /** A thing that is on or off; the entry says which. */
      checked?: boolean;
      onAction: () => void;
    }
  | "line";

function Entries({ label, entries, onClose }: { label: string; entries: MenuEntry[]; onClose?: () => void }) {
  // What is neither on nor off stands in line with what is.
  const checks = entries.some((entry) => entry !== "line" && entry.checked !== undefined);
  return (
    <AriaMenu
      aria-label={label}
      autoFocus="first"
      className={styles.menu ?? ""}
      {...(onClose ? { onClose } : {})}
    >
      {entries.map((entry, index) =>
        entry === "line" ? (
          <Separator key={`line-${index}`} className={styles.line ?? ""} />
        ) : (
          <AriaMenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            isDisabled={entry.disabled ?? false}
            onAction={entry.onAction}
            className={[styles.item, entry.danger === true && styles.danger].filter(Boolean).join(" ")}
          >
            {entry.icon !== undefined && <Icon name={entry.icon} />}
            {checks && entry.icon === undefined && (
              <span className={styles.check}>{entry.checked === true && <Icon name="check" />}</span>
            )}
            <span>{entry.label}</span>
            {entry.shortcut !== undefined && <kbd className={styles.key}>{entry.shortcut}</kbd>}
          </AriaMenuItem>
        ),
      )}
    </AriaMenu>
  );
}

/** `children` is the button that opens it. */
export function Menu({
  label,
  entries,
  children,
}: {
  label: string;
  entries: MenuEntry[];
  children: React.ReactNode;
}) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles.popover ?? ""} offset={4}>
        <Entries label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}

/** A context menu: `at` is where it opens, in the window's pixels; null keeps it shut. */
export function MenuAt({
  label,
  entries,
  at,
  onClose,
}: {
  label: string;
  entries: MenuEntry[];
  at: { x: number; y: number } | null;
  onClose: () => void;
}) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span
        ref={anchor}
        style={{
          position: "fixed",
          left: at?.x ?? 0,
          top: at?.y ?? 0,
          width: 1,
          height: 1,
          pointerEvents: "none",
        }}
      />
      <Popover
        triggerRef={anchor}
        isOpen={at !== null}
        onOpenChange={(open) => {
          if (!open) onClose();
        }}
        placement="bottom start"
        offset={2}
        className={styles.popover ?? ""}
      >
        <Entries label={label} entries={entries} onClose={onClose} />
      </Popover>
    </>
  );
}
