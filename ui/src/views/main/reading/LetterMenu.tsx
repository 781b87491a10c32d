// What can be done with one letter of a conversation rather than with all of it.
import { memo } from "react";
import { run, shortcut } from "../../../actions/commands";
import { respond } from "../../../actions/compose";
import { takeOut } from "../../../actions/conversations";
import { IconButton } from "../../../components/IconButton";
import { Menu, type MenuEntry } from "../../../components/Menu";
import type { LetterView } from "../../../ipc/backend";
import { perform } from "../../../actions/perform";
import { copiesNow, removeForGood, removeLetter } from "../../../actions/removeLetter";
import {
  printLetter,
  saveSource,
  showSource,
  toggleOriginal,
  togglePlain,
} from "../../../actions/letterLook";
import { useLetterLook } from "../../../state/letterLook";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import styles from "./Letter.module.css";

/** They are the same for all letters. */
const SIZES = [
  ["larger", "plus"],
  ["smaller", "minus"],
  ["usualSize", "text"],
] as const;

export interface LetterMenuProps {
  letter: LetterView;
  /** It lies in Trash and nowhere else. */
  inTrash: boolean;
  /** Whether its colours were changed for dark paper, or would be. */
  darkened: boolean;
  /** Whether its pictures from the network are shown. */
  remoteImages: boolean;
  onFold?: (email: string) => void;
}

export const LetterMenu = memo(function LetterMenu({
  letter,
  inTrash,
  darkened,
  remoteImages,
  onFold,
}: LetterMenuProps) {
  const ask = useWindow((state) => state.ask);
  const { plain, original } = useLetterLook(letter.id);
  const sender = letter.from[0];
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
            // Taken away, it stays on no copy.
            emails: [letter.id, ...(letter.starred ? copiesNow(letter).map(({ id }) => id) : [])],
            add: letter.starred ? [] : ["$flagged"],
            remove: letter.starred ? ["$flagged"] : [],
          },
          null,
        ),
    },
    "line",
    {
      id: "plain",
      label: say("letter-as-text"),
      checked: plain,
      shortcut: shortcut("asText"),
      onAction: () => togglePlain(letter.id),
    },
    ...(darkened
      ? [
          {
            id: "original",
            label: say("letter-original"),
            checked: original,
            shortcut: shortcut("original"),
            onAction: () => toggleOriginal(letter.id),
          } satisfies MenuEntry,
        ]
      : []),
    ...SIZES.map(([name, icon]): MenuEntry => ({
      id: name,
      label: say(`command-${name}`),
      icon,
      shortcut: shortcut(name),
      onAction: () => run(name),
    })),
    {
      id: "charset",
      label: `${say("letter-charset")}…`,
      icon: "text",
      onAction: () => ask({ kind: "charset", email: letter.id }),
    },
    {
      id: "source",
      label: say("letter-source"),
      icon: "code",
      shortcut: shortcut("source"),
      onAction: () => showSource(letter.id),
    },
    {
      id: "save",
      label: say("letter-save"),
      icon: "download",
      onAction: () => void saveSource(letter.id),
    },
    {
      id: "print",
      label: say("letter-print"),
      icon: "print",
      shortcut: shortcut("print"),
      onAction: () => void printLetter(letter.id, remoteImages),
    },
    ...(sender === undefined || sender.email === ""
      ? []
      : [
          {
            id: "files",
            label: say("letter-files-of", { name }),
            icon: "clip",
            onAction: () => ask({ kind: "files", source: { kind: "person", address: sender.email }, name }),
          } satisfies MenuEntry,
        ]),
    ...(onFold === undefined
      ? []
      : [
          {
            id: "takeOut",
            label: say("letter-take-out"),
            icon: "part",
            onAction: () => void takeOut([letter.id]),
          } satisfies MenuEntry,
          {
            id: "fold",
            label: say("letter-fold", { name }),
            icon: "down",
            onAction: () => onFold(letter.id),
          } satisfies MenuEntry,
        ]),
    "line",
    {
      id: "delete",
      label: say(inTrash ? "letter-delete-for-good" : "command-delete"),
      icon: "trash",
      danger: true,
      onAction: () => void (inTrash ? removeForGood(letter) : removeLetter(letter)),
    },
  ];
  return (
    <Menu label={say("letter-menu")} entries={entries}>
      <IconButton icon="more" label={say("letter-menu")} className={styles.menu} />
    </Menu>
  );
});
