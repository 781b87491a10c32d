// A tool of the editor that shows itself as a letter: B, I, U. Pressing it does not take the cursor out of the text.
import { ToggleButton } from "react-aria-components";
import buttons from "../../components/Button.module.css";
import { Tip } from "../../components/Tip";

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
    <Tip label={label} shortcut={shortcut}>
      <ToggleButton
        isSelected={on}
        onChange={onPress}
        preventFocusOnPress
        aria-label={worded ? undefined : label}
        className={[buttons.button, buttons.tool].join(" ")}
      >
        {children}
      </ToggleButton>
    </Tip>
  );
}
