// The line that says whose pictures are always shown, where a letter shows some for that, and takes it back.
import { Button as AriaButton } from "react-aria-components";
import { forbidImages } from "../../../actions/images";
import { Menu, type MenuEntry } from "../../../components/Menu";
import type { AllowedView, ListView } from "../../../ipc/backend";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import styles from "./Letter.module.css";

export function AlwaysShown({ whose, list }: { whose: AllowedView; list: ListView | null }) {
  const ask = useWindow((state) => state.ask);
  // A list is known by its id, and called by its name.
  const name = whose.kind === "list" && list?.id === whose.name ? list.name : whose.name;
  const entries: MenuEntry[] = [
    {
      id: "forbid",
      label: say("trackers-forbid", { name }),
      icon: "shield",
      onAction: () => void forbidImages(whose),
    },
    "line",
    {
      id: "allowed",
      label: `${say("command-trackers")}…`,
      icon: "visible",
      onAction: () => ask({ kind: "trackers" }),
    },
  ];
  return (
    <p className={styles.leftOut} data-always-shown>
      <span dir="auto">{say(`shield-allowed-${whose.kind}`, { name })}</span>{" "}
      <Menu label={say("shield-change")} entries={entries}>
        <AriaButton className={styles.allow ?? ""}>{say("shield-change")}</AriaButton>
      </Menu>
    </p>
  );
}
