// How the list looks: what sorts it, what its rows are, their form and how closely they stand. Remembered for the place.
import { memo, useEffect, useRef, useState } from "react";
import { hooks, run, shortcut, type CommandName } from "../../../actions/commands";
import { look as change, sortBy } from "../../../actions/looks";
import { IconButton } from "../../../components/IconButton";
import { MenuAt, type MenuEntry } from "../../../components/Menu";
import { densities, orders, type Look } from "../../../state/looks";
import { say } from "../../../words";
import styles from "./ListPane.module.css";

export const LookMenu = memo(function LookMenu({ look, best }: { look: Look; best: boolean }) {
  const button = useRef<HTMLSpanElement>(null);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  /** Whoever comes from the list goes back there, though it may be another one by then. */
  const fromList = useRef(false);
  useEffect(() => {
    hooks.openLook = () => {
      fromList.current = hooks.hasListFocus();
      const box = button.current?.getBoundingClientRect();
      if (box !== undefined) setAt({ x: box.left, y: box.bottom });
    };
    return () => {
      hooks.openLook = () => {};
    };
  }, []);
  return (
    <span ref={button}>
      <IconButton
        icon="look"
        label={say("command-look")}
        shortcut={shortcut("look")}
        className={styles.tool}
        aria-haspopup="menu"
        onPress={() => hooks.openLook()}
      />
      <MenuAt
        label={say("command-look")}
        at={at}
        entries={at === null ? [] : entries(look, best)}
        onClose={() => {
          setAt(null);
          if (fromList.current) setTimeout(() => hooks.focusList(), 0);
        }}
      />
    </span>
  );
});

/** `best`: the best matches come first, and none of the orders is the one that is shown. */
function entries(look: Look, best: boolean): MenuEntry[] {
  const command = (name: CommandName, checked?: boolean): MenuEntry => ({
    id: name,
    label: say(`command-${name}`),
    shortcut: shortcut(name),
    ...(checked === undefined ? {} : { checked }),
    onAction: () => run(name),
  });
  return [
    ...orders.map((by): MenuEntry => ({
      id: by,
      label: say("list-sort-by", { by: say(`list-by-${by}`) }),
      checked: !best && look.by === by,
      group: say("list-orders"),
      onAction: () => (best || look.by !== by) && sortBy(by),
    })),
    command("turnRound", !best && look.reversed),
    "line",
    command("grouping", look.grouping === "messages"),
    command("table", look.form === "table"),
    "line",
    ...densities.map((density): MenuEntry => ({
      id: density,
      label: say(`list-density-${density}`),
      checked: look.density === density,
      group: say("list-densities"),
      onAction: () => change({ density }),
    })),
    "line",
    command("goToDate"),
    command("everywhere"),
  ];
}
