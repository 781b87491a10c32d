// The quick filters that are on, below the head of the list: what one sees is not all there is, and a press takes one away. "Unread" stands
// in the head itself.
import { memo } from "react";
import { toggleFilter } from "../../../actions/looks";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import { Tip } from "../../../components/Tip";
import type { Listing } from "../../../ipc/backend";
import { shortcut } from "../../../actions/commands";
import { say } from "../../../words";
import { kinds } from "./filterKinds";
import styles from "./ListPane.module.css";

export const FilterChips = memo(function FilterChips({ filter }: { filter: Listing["filter"] }) {
  const set = kinds.filter(([which]) => filter[which]);
  if (set.length === 0) return null;
  return (
    <div className={styles.chips} role="group" aria-label={say("list-filters")}>
      {set.map(([which, command]) => {
        const off = say("list-only-off", { kind: say(`list-only-${which}`) });
        return (
          <Tip key={which} label={off} shortcut={shortcut(command)}>
            <Button kind="tool" className={styles.chip} aria-label={off} onPress={() => toggleFilter(which)}>
              {say(`list-only-${which}`)}
              <Icon name="close" size={12} />
            </Button>
          </Tip>
        );
      })}
    </div>
  );
});
