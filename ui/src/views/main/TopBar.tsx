// The bar at the top: the name with the window's menu behind it, the search, and Compose.
import { Button as AriaButton } from "react-aria-components";
import { commands, run, shortcut, type CommandName } from "../../actions/commands";
import { Button } from "../../components/Button";
import type { IconName } from "../../components/Icon";
import { Menu, type MenuEntry } from "../../components/Menu";
import { useTheme } from "../../state/theme";
import { say } from "../../words";
import { SearchField } from "./search/SearchField";
import styles from "./TopBar.module.css";

export function TopBar() {
  const theme = useTheme((state) => state.theme);
  const entry = (name: CommandName, icon: IconName): MenuEntry => ({
    id: name,
    label: say(`command-${name}`),
    icon,
    shortcut: shortcut(name),
    onAction: () => run(name),
  });
  const chosen = (name: CommandName, mine: string, icon: IconName) =>
    entry(name, theme === mine ? "check" : icon);
  return (
    <header className={styles.bar}>
      <Menu
        label={say("bar-menu")}
        entries={[
          entry("checkMail", "refresh"),
          entry("pause", "pause"),
          entry("addAccount", "plus"),
          entry("settings", "settings"),
          "line",
          chosen("themeSystem", "system", "system"),
          chosen("themeLight", "light", "light"),
          chosen("themeDark", "dark", "dark"),
          "line",
          entry("keys", "keys"),
        ]}
      >
        <AriaButton className={styles.brand ?? ""} aria-label={say("bar-menu")}>
          <span className={styles.seal} aria-hidden="true" />
          {say("app-name")}
        </AriaButton>
      </Menu>
      <SearchField />
      <span className={styles.grow} />
      <Button
        kind="primary"
        icon="edit"
        aria-keyshortcuts={commands.compose.keys[0] ?? ""}
        onPress={() => run("compose")}
      >
        {say("command-compose")}
      </Button>
    </header>
  );
}
