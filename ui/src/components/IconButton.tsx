// A tool in a bar: a sign, perhaps a word, and a tooltip that says what it does and which key does it.
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { Icon, type IconName } from "./Icon";
import { ariaKeys, Tip } from "./Tip";
import buttons from "./Button.module.css";

export interface IconButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  icon: IconName;
  /** What it does, said by the tooltip and by a screen reader. */
  label: string;
  /** The key that does the same, as shown to people: "E", "Ctrl K". */
  shortcut?: string | undefined;
  /** Show the label beside the sign. */
  labelled?: boolean;
  filled?: boolean;
  pressed?: boolean;
  className?: string | undefined;
}

export function IconButton({
  icon,
  label,
  shortcut,
  labelled = false,
  filled = false,
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tip label={label} shortcut={shortcut}>
      <AriaButton
        {...rest}
        aria-label={label}
        aria-keyshortcuts={ariaKeys(shortcut)}
        aria-pressed={pressed}
        className={[buttons.button, buttons.tool, className].filter(Boolean).join(" ")}
      >
        <Icon name={icon} filled={filled} />
        {labelled && <span data-label="">{label}</span>}
      </AriaButton>
    </Tip>
  );
}
