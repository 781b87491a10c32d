// A menu under a button, or at the point where the secondary mouse button was pressed. What is on or off in it is told to screen
// readers as that: entries of their own as boxes, and those of which one is chosen together as a group of which one is.
import { useRef } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { Icon } from "./Icon";
import { runsOf, type MenuEntry, type MenuItem, type MenuRun } from "./menuRuns";
import styles from "./Menu.module.css";

export type { MenuEntry };

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
      {runsOf(entries).map((run, at) => (
        <Run key={at} run={run} label={label} checks={checks} />
      ))}
    </AriaMenu>
  );
}

function Run({ run, label, checks }: { run: MenuRun; label: string; checks: boolean }) {
  const items = run.items.map((item) => entryOf(item, checks));
  if (run.kind === "line") return <Separator className={styles.line ?? ""} />;
  if (run.kind === "plain") return <>{items}</>;
  return (
    <MenuSection
      aria-label={run.group ?? label}
      selectionMode={run.kind === "one" ? "single" : "multiple"}
      selectedKeys={run.items.filter(({ checked }) => checked).map(({ id }) => id)}
      disallowEmptySelection={run.kind === "one"}
      // What it changes is to be seen.
      shouldCloseOnSelect
    >
      {items}
    </MenuSection>
  );
}

function entryOf(
  { id, label, icon, shortcut, danger, disabled, checked, onAction }: MenuItem,
  checks: boolean,
) {
  return (
    <AriaMenuItem
      key={id}
      id={id}
      textValue={label}
      isDisabled={disabled ?? false}
      onAction={onAction}
      className={[styles.item, danger === true && styles.danger].filter(Boolean).join(" ")}
    >
      {icon !== undefined && <Icon name={icon} />}
      {checks && icon === undefined && (
        <span className={styles.check}>{checked === true && <Icon name="check" />}</span>
      )}
      <span>{label}</span>
      {shortcut !== undefined && <kbd className={styles.key}>{shortcut}</kbd>}
    </AriaMenuItem>
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
        // Beside the point, and not below it: so it goes up as far as it must to be seen whole, and scrolls only in a window that it is
        // too tall for.
        placement="end top"
        offset={2}
        className={styles.popover ?? ""}
      >
        <Entries label={label} entries={entries} onClose={onClose} />
      </Popover>
    </>
  );
}
