// The line that says whose pictures are always shown, where a letter shows some for that, and takes it back.
import { Button as AriaButton } from "react-aria-components";
import { forbidImages } from "../../../actions/images";
import { Menu, type MenuEntry } from "../../../components/Menu";
import type { AllowedView, ListView, RemoteView } from "../../../ipc/backend";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { MissedLine, TryAgain } from "./MissedLine";
import type { Missed } from "./useMissed";
import styles from "./Letter.module.css";

interface Props {
  whose: AllowedView;
  list: ListView | null;
  remote: RemoteView;
  missed: Missed;
}

export function AlwaysShown({ whose, list, remote, missed }: Props) {
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
    <div className={styles.always} data-always-shown>
      <MissedLine missed={missed} remote={remote} once={false}>
        <span dir="auto">{say(`shield-allowed-${whose.kind}`, { name })}</span>
      </MissedLine>
      <Menu label={say("shield-change")} entries={entries}>
        <AriaButton className={styles.allow ?? ""}>{say("shield-change")}</AriaButton>
      </Menu>
      <TryAgain missed={missed} />
    </div>
  );
}
