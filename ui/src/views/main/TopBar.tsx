// The bar at the top: the name with the window's menu behind it, the search, and Compose.
import { memo } from "react";
import { Button as AriaButton } from "react-aria-components";
import { commands, run, shortcut, type CommandName } from "../../actions/commands";
import { Button } from "../../components/Button";
import { Icon, type IconName } from "../../components/Icon";
import { Menu } from "../../components/Menu";
import type { MenuItem } from "../../components/menuRuns";
import { Tip } from "../../components/Tip";
import { hasServer } from "../../actions/keeping";
import { useAccountsAtRest } from "../../state/queries";
import { useTheme } from "../../state/theme";
import { say } from "../../words";
import { SearchField } from "./search/SearchField";
import styles from "./TopBar.module.css";

export const TopBar = memo(function TopBar() {
  const theme = useTheme((state) => state.theme);
  const entry = (name: CommandName, icon: IconName): MenuItem => ({
    id: name,
    label: say(`command-${name}`),
    icon,
    shortcut: shortcut(name),
    onAction: () => run(name),
  });
  // The same as the key does: all that have a server are paused, or all go on.
  const served = (useAccountsAtRest().data ?? []).filter(hasServer);
  const paused = served.length > 0 && served.every((account) => account.paused);
  const pause: MenuItem = {
    ...entry("pause", paused ? "resume" : "pause"),
    label: say(paused ? "account-resume" : "account-pause"),
    disabled: served.length === 0,
  };
  const chosen = (name: CommandName, mine: string, icon: IconName): MenuItem => ({
    ...entry(name, theme === mine ? "check" : icon),
    checked: theme === mine,
    group: say("bar-themes"),
  });
  return (
    <header className={styles.bar}>
      <Menu
        label={say("bar-menu")}
        entries={[
          entry("checkMail", "refresh"),
          pause,
          entry("addAccount", "plus"),
          entry("settings", "settings"),
          "line",
          entry("subscriptions", "list"),
          entry("trackers", "visible"),
          "line",
          chosen("themeSystem", "system", "system"),
          chosen("themeLight", "light", "light"),
          chosen("themeDark", "dark", "dark"),
          "line",
          entry("keys", "keys"),
        ]}
      >
        <Tip label={say("bar-menu")}>
          <AriaButton className={styles.brand ?? ""} aria-label={say("bar-menu")}>
            <span className={styles.seal} aria-hidden="true" />
            {say("app-name")}
            <Icon name="down" size={13} className={styles.more} />
          </AriaButton>
        </Tip>
      </Menu>
      <SearchField />
      <span className={styles.grow} />
      <Tip label={say("command-compose")} shortcut={shortcut("compose")}>
        <Button
          kind="primary"
          icon="edit"
          aria-keyshortcuts={commands.compose.keys[0] ?? ""}
          onPress={() => run("compose")}
        >
          {say("command-compose")}
        </Button>
      </Tip>
    </header>
  );
});
