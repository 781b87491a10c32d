// How the window looks: light or dark, and how large it is drawn, and letters in it.
import { chooseWindowSize } from "../../actions/windowSize";
import { Select } from "../../components/Select";
import { chooseSize, SIZES, useLooks } from "../../state/letterLook";
import { useSetting } from "../../state/queries";
import { chooseTheme, useTheme } from "../../state/theme";
import { WINDOW_SIZE, WINDOW_SIZES, windowSizeFrom } from "../../state/windowSize";
import { say } from "../../words";
import styles from "./Settings.module.css";

const THEMES = ["system", "light", "dark"] as const;

export function AppearanceChoice() {
  const theme = useTheme((state) => state.theme);
  const letters = useLooks((state) => state.size);
  const { data: window = null } = useSetting(WINDOW_SIZE);
  return (
    <>
      <Select
        label={say("settings-theme")}
        choices={THEMES.map((id) => ({ id, text: say(`settings-theme-${id}`) }))}
        value={theme}
        onChange={chooseTheme}
      />
      <Select
        label={say("settings-size")}
        choices={inHundredths(WINDOW_SIZES)}
        value={String(windowSizeFrom(window))}
        onChange={(size) => void chooseWindowSize(Number(size))}
      />
      <Select
        label={say("settings-letter-size")}
        choices={inHundredths(SIZES)}
        value={String(letters)}
        onChange={(size) => chooseSize(Number(size))}
      />
      <p className={styles.quiet}>{say("settings-letter-size-more")}</p>
    </>
  );
}

function inHundredths(sizes: readonly number[]): { id: string; text: string }[] {
  return sizes.map((size) => ({ id: String(size), text: say("settings-size-hundredths", { size }) }));
}
