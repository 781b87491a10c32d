// The quick filters that are on, below the head of the list: what one sees is not all there is, and a press takes one away. "Unread" stands
// in the head itself.
import { memo } from "react";
import { toggleFilter } from "../../../actions/looks";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import { Tip } from "../../../components/Tip";
import type { Listing } from "../../../ipc/backend";
import { hooks, shortcut } from "../../../actions/commands";
import { say } from "../../../words";
import { kinds } from "./filterKinds";
import styles from "./ListPane.module.css";

/** The chip goes: the keys go on at the next one, or in the list. */
function takeAway(which: (typeof kinds)[number][0], chip: Element | null): void {
  const next = chip?.nextElementSibling ?? chip?.previousElementSibling;
  toggleFilter(which);
  if (next instanceof HTMLElement) next.focus();
  else setTimeout(() => hooks.focusList(), 0);
}

export const FilterChips = memo(function FilterChips({ filter }: { filter: Listing["filter"] }) {
  const set = kinds.filter(([which]) => filter[which]);
  if (set.length === 0) return null;
  return (
    <div className={styles.chips} role="group" aria-label={say("list-filters")}>
      {set.map(([which, command]) => {
        const off = say("list-only-off", { kind: say(`list-only-${which}`) });
        return (
          <Tip key={which} label={off} shortcut={shortcut(command)}>
            <Button
              kind="tool"
              className={styles.chip}
              aria-label={off}
              onPress={({ target, pointerType }) => {
                const isByKey = pointerType === "keyboard" || pointerType === "virtual";
                takeAway(which, isByKey ? target : null);
              }}
              onKeyDown={(event) => {
                // It is the chip that is meant, and not the letter that is open.
                if (event.key !== "Delete" && event.key !== "Backspace") return event.continuePropagation();
                event.preventDefault();
                takeAway(which, event.currentTarget as Element);
              }}
            >
              {say(`list-only-${which}`)}
              <Icon name="close" size={12} />
            </Button>
          </Tip>
        );
      })}
    </div>
  );
});
