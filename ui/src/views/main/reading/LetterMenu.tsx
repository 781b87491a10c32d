// What can be done with one letter of a conversation rather than with all of it.
import { respond } from "../../../actions/compose";
import { IconButton } from "../../../components/IconButton";
import { Menu, type MenuEntry } from "../../../components/Menu";
import type { LetterView } from "../../../ipc/backend";
import { perform } from "../../../actions/perform";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import styles from "./Letter.module.css";

export function LetterMenu({ letter, onFold }: { letter: LetterView; onFold?: () => void }) {
  const ask = useWindow((state) => state.ask);
  const name = letter.from[0] === undefined ? "" : nameOf(letter.from[0]);
  const entries: MenuEntry[] = [
    {
      id: "reply",
      label: say("command-reply"),
      icon: "reply",
      onAction: () => void respond(letter.id, "reply"),
    },
    {
      id: "replyAll",
      label: say("command-replyAll"),
      icon: "replyAll",
      onAction: () => void respond(letter.id, "replyAll"),
    },
    {
      id: "forward",
      label: say("command-forward"),
      icon: "forward",
      onAction: () => void respond(letter.id, "forward"),
    },
    "line",
    {
      id: "star",
      label: say("command-star"),
      icon: "star",
      onAction: () =>
        void perform(
          {
            kind: "setKeywords",
            emails: [letter.id],
            add: letter.starred ? [] : ["$flagged"],
            remove: letter.starred ? ["$flagged"] : [],
          },
          null,
        ),
    },
    {
      id: "source",
      label: say("letter-source"),
      icon: "code",
      onAction: () => ask({ kind: "source", email: letter.id }),
    },
    ...(onFold === undefined
      ? []
      : [
          {
            id: "fold",
            label: say("letter-fold", { name }),
            icon: "down",
            onAction: onFold,
          } satisfies MenuEntry,
        ]),
    "line",
    {
      id: "delete",
      label: say("command-delete"),
      icon: "trash",
      danger: true,
      onAction: () => void perform({ kind: "delete", emails: [letter.id] }, say("done-deleted-letter")),
    },
  ];
  return (
    <Menu label={say("letter-menu")} entries={entries}>
      <IconButton icon="more" label={say("letter-menu")} className={styles.menu} />
    </Menu>
  );
}
