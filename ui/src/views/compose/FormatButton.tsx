// A tool of the editor that shows itself as a letter: B, I, U. Pressing it does not take the cursor out of the text.
import { ToggleButton, Tooltip, TooltipTrigger } from "react-aria-components";
import buttons from "../../components/Button.module.css";
import tips from "../../components/IconButton.module.css";

export interface FormatButtonProps {
  label: string;
  shortcut: string;
  on: boolean;
  onPress: () => void;
  /** What it shows is its name already. */
  worded?: boolean;
  children: React.ReactNode;
}

export function FormatButton({ label, shortcut, on, onPress, worded = false, children }: FormatButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <ToggleButton
        isSelected={on}
        onChange={onPress}
        preventFocusOnPress
        aria-label={worded ? undefined : label}
        className={[buttons.button, buttons.tool].join(" ")}
      >
        {children}
      </ToggleButton>
      <Tooltip offset={6} className={tips.tip ?? ""}>
        {label}
        <kbd>{shortcut}</kbd>
      </Tooltip>
    </TooltipTrigger>
  );
}
