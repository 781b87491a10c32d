// The tooltip of a button: what it does, and which key does the same. It comes when the pointer rests or the keys arrive.
import { Tooltip, TooltipTrigger } from "react-aria-components";
import styles from "./Tip.module.css";

export interface TipProps {
  label: string;
  shortcut?: string | undefined;
  /** The button. */
  children: React.ReactNode;
}

export function Tip({ label, shortcut, children }: TipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip offset={6} className={styles.tip ?? ""}>
        {label}
        {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** A key as shown, for `aria-keyshortcuts`: "Ctrl K" is "Ctrl+K". */
export function ariaKeys(shortcut: string | undefined): string | undefined {
  return shortcut?.replace(/ /g, "+");
}
